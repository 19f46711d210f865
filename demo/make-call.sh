#!/usr/bin/env bash
# Makes demo/call.wav, the call that `undertone demo` plays, from recorded speech in two Debian packages:
#   apt-get install sox asterisk-core-sounds-en-wav pocketsphinx-testdata
# Stereo, 8 kHz, mu-law: left the agent, right the customer. Who speaks and under which licence: ATTRIBUTION.md.
# usage: demo/make-call.sh [ROOT]   ROOT: where the packages are unpacked, / unless given
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${1:-/}
agent=$root/usr/share/asterisk/sounds/en_US_f_Allison
customer=$root/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A telephone line: 300-3,400 Hz, 8 kHz, one level for both voices.
line() { sox -R "$1" -r 8000 -c 1 -b 16 "$2" sinc 300-3400 norm -6; }
quiet() { sox -D -n -r 8000 -c 1 -b 16 "$2" trim 0 "$1"; }

# In order: who, seconds of pause before, the recording.
n=0
while read -r who pause name; do
  n=$((n + 1))
  if [ "$who" = agent ]; then source=$agent/$name.wav; else source=$customer$name.wav; fi
  part=$work/$(printf %02d "$n")
  line "$source" "$part-voice.wav"
  quiet "$pause" "$part-pause.wav"
  quiet "$(soxi -D "$part-voice.wav")" "$part-silent.wav"
  if [ "$who" = agent ]; then a=voice c=silent; else a=silent c=voice; fi
  echo "$part-pause.wav $part-$a.wav" >> "$work/agent"
  echo "$part-pause.wav $part-$c.wav" >> "$work/customer"
done <<'CALL'
agent    0.6 hello
agent    0.3 queue-thankyou
customer 0.8 870
agent    0.7 im-sorry
agent    0.2 one-moment-please
customer 0.9 880
customer 0.4 890
agent    0.6 sorry-youre-having-problems
customer 0.8 920
agent    0.5 something-terribly-wrong
customer 0.7 930
agent    0.6 privacy-thankyou
agent    0.4 goodbye
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
