#!/usr/bin/env bash
# Makes demo/call.wav, the call that `undertone demo` plays, and demo/truth.csv, which says what is spoken when.
#   apt-get install sox asterisk-core-sounds-en-wav
# Stereo, 8 kHz, mu-law: left the agent, right the customer. Who speaks and under which licence: ATTRIBUTION.md.
# usage: demo/make-call.sh EMODB [ROOT]   EMODB: folder with EmoDB's recordings (WAV or FLAC); ROOT: where the package is unpacked, / unless given
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
emodb=${1:?"usage: demo/make-call.sh EMODB [ROOT]"}
root=${2:-/}
agent=$root/usr/share/asterisk/sounds/en_US_f_Allison
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A telephone line: 300-3,400 Hz, 8 kHz, one level for both voices.
line() { sox -R "$1" -r 8000 -c 1 -b 16 "$2" sinc 300-3400 norm -6; }
quiet() { sox -D -n -r 8000 -c 1 -b 16 "$2" trim 0 "$1"; }

# Hold music of our own: a line of plucked notes over a bass, twice.
music() {
  local notes=(C4 E4 G4 C5 A3 C4 E4 A4 F3 A3 C4 F4 G3 B3 D4 G4) parts=() note
  for note in "${notes[@]}"; do
    sox -R -n -r 8000 -b 16 "$work/note-$note.wav" synth 0.42 pluck "$note" gain -6
    parts+=("$work/note-$note.wav")
  done
  sox "${parts[@]}" "$work/tune.wav"
  sox -R -n -r 8000 -b 16 "$work/bass.wav" synth 6.72 sine 131 tremolo 2.4 60 gain -16
  sox -R -m "$work/tune.wav" "$work/bass.wav" "$1" sinc 300-3400 norm -8
}

# In order: who, seconds of pause before, the recording; for the customer, the emotion that was asked of the speaker.
n=0
at=0
echo "call,role,start_ms,end_ms,label,source" > "$here/truth.csv"
while read -r who pause name label; do
  n=$((n + 1))
  part=$work/$(printf %02d "$n")
  case $who in
    agent) line "$agent/$name.wav" "$part-voice.wav" ;;
    music) music "$part-voice.wav" ;;
    *) line "$(ls "$emodb/$name".wav "$emodb/$name".flac 2> /dev/null | head -1)" "$part-voice.wav" ;;
  esac
  if [ "$who" = agent ]; then a=voice c=silent; else a=silent c=voice; fi
  quiet "$pause" "$part-pause.wav"
  length=$(soxi -D "$part-voice.wav")
  quiet "$length" "$part-silent.wav"
  echo "$part-pause.wav $part-$a.wav" >> "$work/agent"
  echo "$part-pause.wav $part-$c.wav" >> "$work/customer"
  start=$(awk "BEGIN {printf \"%d\", $at + 1000 * $pause + .5}")
  at=$(awk "BEGIN {printf \"%d\", $start + 1000 * $length + .5}")
  if [ "$who" = customer ]; then echo "call,customer,$start,$at,$label,$name" >> "$here/truth.csv"; fi
done <<'CALL'
agent    0.6 hello
agent    0.3 queue-thankyou
customer 0.8 13b09Na neutral
customer 0.4 13b02Nb neutral
agent    0.6 one-moment-please
customer 0.6 13a05Nb neutral
customer 0.4 13b10Nc neutral
music    0.8 -
agent    0.8 sorry-youre-having-problems
customer 0.7 13b03Wc angry
customer 0.3 13a05Wc angry
customer 0.3 13b10Wc angry
agent    0.5 im-sorry
customer 0.5 13b02Wa angry
customer 0.3 13a05Wa angry
customer 0.3 13b09Wa angry
customer 0.3 13a01Wb angry
agent    0.6 something-terribly-wrong
agent    0.3 privacy-thankyou
customer 0.8 13b03Na neutral
customer 0.4 13b01Nc neutral
customer 0.4 13a05Nb neutral
customer 0.4 13b09Na neutral
agent    0.5 goodbye
CALL

# shellcheck disable=SC2046  # names without blanks, one argument each
for side in agent customer; do
  quiet 0.8 "$work/tail.wav"
  sox -R $(tr '\n' ' ' < "$work/$side") "$work/tail.wav" "$work/$side-clean.wav"
  # The hiss of a line, about -66 dBFS. -R everywhere: the same dither and noise at every run.
  sox -R "$work/$side-clean.wav" -p synth pinknoise vol 0.002 | sox -R -m -v 1 "$work/$side-clean.wav" -v 1 - "$work/$side.wav"
done
sox -R -M "$work/agent.wav" "$work/customer.wav" -e mu-law "$here/call.wav"
soxi "$here/call.wav"
