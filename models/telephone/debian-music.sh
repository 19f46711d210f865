#!/usr/bin/env bash
# Makes two folders of music without voices from freely licensed packages of Debian, for `undertone train --recipe voice` and for measuring it:
#   OUT/learn     pieces of games of many styles, from orchestra to chip music
#   OUT/measure   pieces of other games, which nothing may learn from
# Each piece is 8 kHz FLAC, at most 50 s from its middle.
#   apt-get install sox libsox-fmt-all unzip
# usage: models/telephone/debian-music.sh OUT [PACKAGES]   PACKAGES: where the packages are downloaded to and unpacked, OUT/packages unless given
set -euo pipefail
out=${1:?"usage: models/telephone/debian-music.sh OUT [PACKAGES]"}
packages=${2:-$out/packages}
# Licences, by the packages' own copyright files: GPL-2+, GPL-3+ or CC BY-SA.
learn=(amoebax-data colobot-common-sounds fretsonfire-songs-{muldjord,sectoid} glob2-data lordsawar-data raincat-data singularity-music
  ufoai-music warmux-data wesnoth-1.16-music xmoto-data)
measure=(extremetuxracer-data nexuiz-music)
most_pieces=14 # of a package
piece_s=50
least_bytes=250000 # shorter files are effects

unpack() { # PACKAGE
  if [ ! -d "$packages/$1" ]; then
    (cd "$packages" && apt-get download -qq "$1")
    dpkg-deb -x "$packages/$1"_*.deb "$packages/$1"
    find "$packages/$1" -name '*.pk3' -exec unzip -qo {} '*.ogg' -d "$packages/$1" \; 2> /dev/null || true
  fi
}

cut_pieces() { # FOLDER PACKAGE
  local made=0
  while read -r file; do
    [ "$made" -lt "$most_pieces" ] || break
    local seconds
    seconds=$(soxi -D "$file" 2> /dev/null | cut -d . -f 1)
    [ "${seconds:-0}" -ge 20 ] || continue
    local from=0
    if [ "$seconds" -gt $((piece_s + 10)) ]; then from=$(((seconds - piece_s) / 2)); fi
    sox -V1 -D "$file" -b 16 -c 1 "$out/$1/$2-$made.flac" remix - rate -v 8000 trim "$from" "$piece_s"
    made=$((made + 1))
  done < <(find "$packages/$2" -type f \( -name '*.ogg' -o -name '*.mp3' \) -size +"$least_bytes"c | sort)
  echo "$1: $made pieces of $2"
}

mkdir -p "$packages"
for folder in learn measure; do
  rm -rf "${out:?}/$folder"
  mkdir -p "$out/$folder"
  declare -n of=$folder
  for package in "${of[@]}"; do
    unpack "$package"
    cut_pieces "$folder" "$package"
  done
done
