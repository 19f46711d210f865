#!/usr/bin/env bash
# Makes two corpora of ordinary speech for `undertone train --recipe telephone` from freely licensed packages of Debian:
#   OUT/announcers   telephone prompts, read by a professional in each of five languages and by three others
#   OUT/volunteers   words of children's games, spoken by volunteers in some forty languages, each at home; strung into clips of some seconds
# Each is a folder of 8 kHz FLAC with a manifest.csv (file, speaker, label): all neutral, a language of a package a speaker.
#   apt-get install sox libsox-fmt-all
# usage: models/telephone/debian-voices.sh OUT [PACKAGES]   PACKAGES: where the packages are downloaded to and unpacked, OUT/packages unless given
set -euo pipefail
out=${1:?"usage: models/telephone/debian-voices.sh OUT [PACKAGES]"}
packages=${2:-$out/packages}
if ! command -v sox > /dev/null; then # which brings soxi
  echo "needs sox: apt-get install sox libsox-fmt-all" >&2
  exit 1
fi
# Licences, by the packages' own copyright files: Asterisk's core sounds CC BY-SA 3.0; the other prompts GPL; KLettres and KTuberling GPL-2+.
names=(asterisk-core-sounds-{en,es,fr,it,ru}-wav asterisk-prompt-es-co asterisk-prompt-fr-armelle asterisk-prompt-it-menardi-wav
  klettres-data ktuberling-data)
most_clips=60 # of an announcer
most_strings=8 # of a volunteer
pause_s=0.25

mkdir -p "$packages"
for name in "${names[@]}"; do
  if [ ! -d "$packages/$name" ]; then
    (cd "$packages" && apt-get download -qq "$name")
    dpkg-deb -x "$packages/$name"_*.deb "$packages/$name"
  fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

seconds() {
  case $1 in
    *.gsm) awk -v bytes="$(stat -c %s "$1")" 'BEGIN { print bytes / 33 * 0.02 }' ;; # frames of 33 bytes and 20 ms, no header
    *) soxi -D "$1" 2> /dev/null || echo 0 ;;
  esac
}
between() { awk -v s="$1" -v least="$2" -v most="$3" 'BEGIN { exit !(s >= least && s <= most) }'; }

# The same files on every machine: in the order of a checksum of their names.
shuffled() { while read -r file; do echo "$(basename "$file" | cksum | cut -d ' ' -f 1) $file"; done | sort -n | cut -d ' ' -f 2-; }

begin() { # CORPUS
  rm -rf "${out:?}/$1"
  mkdir -p "$out/$1"
  echo "file,speaker,label" > "$out/$1/manifest.csv"
}

announcer() { # SPEAKER FOLDER
  local n=0 file
  while read -r file; do
    between "$(seconds "$file")" 2 14 || continue
    n=$((n + 1))
    sox -R "$file" -r 8000 -c 1 -b 16 "$out/announcers/$1-$n.flac" trim 0 9 2> /dev/null
    echo "$1-$n.flac,$1,neutral" >> "$out/announcers/manifest.csv"
    if [ "$n" = "$most_clips" ]; then break; fi
  done < <(find "$2" -type f \( -name '*.wav' -o -name '*.gsm' \) | sort | shuffled)
}

volunteer() { # SPEAKER FOLDER
  local n=0 length=0 words=() file s
  while read -r file; do
    s=$(seconds "$file")
    between "$s" 0.35 4 || continue
    sox -R "$file" -r 8000 -c 1 -b 16 "$work/$1-${#words[@]}.wav" pad 0 "$pause_s" 2> /dev/null || continue
    words+=("$work/$1-${#words[@]}.wav")
    length=$(awk -v a="$length" -v b="$s" 'BEGIN { print a + b }')
    if between "$length" 4.5 99; then
      n=$((n + 1))
      sox -R "${words[@]}" "$out/volunteers/$1-$n.flac"
      echo "$1-$n.flac,$1,neutral" >> "$out/volunteers/manifest.csv"
      words=()
      length=0
      if [ "$n" = "$most_strings" ]; then break; fi
    fi
  done < <(find "$2" -type f \( -name '*.wav' -o -name '*.ogg' \) | sort | shuffled)
}

begin announcers
for name in "${names[@]}"; do
  case $name in
    asterisk-*) announcer "${name#asterisk-}" "$packages/$name" ;;
  esac
done
begin volunteers
for folder in "$packages"/klettres-data/usr/share/klettres/*/ "$packages"/ktuberling-data/usr/share/ktuberling/sounds/*/; do
  case $folder in *@* | *latin*) continue ;; esac # the same recordings once more, under names of another script
  package=$(basename "$(dirname "${folder/sounds\//}")")
  volunteer "$package-$(basename "$folder")" "$folder"
done
wc -l "$out"/{announcers,volunteers}/manifest.csv
