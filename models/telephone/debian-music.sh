#!/usr/bin/env bash
# Makes three folders of music without voices from freely licensed packages of Debian, for `undertone train --recipe voice` and for measuring it:
#   OUT/learn     pieces of games of many styles, from orchestra to chip music
#   OUT/choose    pieces of other games, some of whose mistakes were looked at before the sounds to learn from were chosen
#   OUT/measure   pieces of games that nothing learned from and no sound was chosen by
# Each piece is 8 kHz FLAC, at most 50 s from its middle.
#   apt-get install sox libsox-fmt-all unzip
# usage: models/telephone/debian-music.sh OUT [PACKAGES]   PACKAGES: where the packages are downloaded to and unpacked, OUT/packages unless given
set -euo pipefail
out=${1:?"usage: models/telephone/debian-music.sh OUT [PACKAGES]"}
packages=${2:-$out/packages}
for tool in sox unzip; do # sox brings soxi
  if ! command -v "$tool" > /dev/null; then
    echo "needs $tool: apt-get install sox libsox-fmt-all unzip" >&2
    exit 1
  fi
done
# Licences, by the packages' own copyright files: free ones, such as GPL, CC BY-SA, CC0 and zlib.
learn=(amoebax-data btanks-data caveexpress-data colobot-common-sounds fillets-ng-data freeorion-data
  fretsonfire-songs-{muldjord,sectoid} glob2-data lincity-ng-data lordsawar-data marsshooter-data megaglest-data naev-data openclonk-data
  pinball-table-gnu-data raincat-data scorched3d-data singularity-music solarwolf supertuxkart-data ufoai-music unknown-horizons warmux-data
  wesnoth-1.16-music widelands-data xmoto-data
  # electronic music of one author's games
  a7xpg-data gunroar-data mu-cade-data noiz2sa-data parsec47-data powermanga-data rrootage-data titanion-data torus-trooper-data
  tumiki-fighters-data)
choose=(drascula-music extremetuxracer-data flare-game freedroid-data hyperrogue-music lugaru-data nexuiz-music starfighter-data
  trackballs-data zaz-data)
measure=(angrydd berusky2-data pathological pinball-table-hurd-data redeclipse-data tuxfootball tuxmath-data tuxtype-data
  val-and-rick-data)
most_pieces=16 # of a package
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
    seconds=$(soxi -D "$file" 2> /dev/null | cut -d . -f 1 || true) # what SoX cannot read is left out
    [ "${seconds:-0}" -ge 20 ] || continue
    local from=0
    if [ "$seconds" -gt $((piece_s + 10)) ]; then from=$(((seconds - piece_s) / 2)); fi
    sox -V1 -D "$file" -b 16 -c 1 "$out/$1/$2-$made.flac" remix - rate -v 8000 trim "$from" "$piece_s"
    made=$((made + 1))
  done < <(find "$packages/$2" -type f \( -name '*.ogg' -o -name '*.opus' -o -name '*.mp3' \) -size +"$least_bytes"c | sort)
  echo "$1: $made pieces of $2"
}

mkdir -p "$packages"
for folder in learn choose measure; do
  rm -rf "${out:?}/$folder"
  mkdir -p "$out/$folder"
  declare -n of=$folder
  for package in "${of[@]}"; do
    unpack "$package"
    cut_pieces "$folder" "$package"
  done
done
