# Where things are; sourced by the scripts beside it.
#
# Sets ROOT, the checkout, and makes it the current folder; BUILD, the folder of
# the release build (FRIKOMMUNE_BUILD_DIR overrides it); BIN, its programs.
caller_folder=$PWD
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=${FRIKOMMUNE_BUILD_DIR:-$ROOT/build/release}
[[ $BUILD == /* ]] || BUILD=$caller_folder/$BUILD
BIN=$BUILD/bin
cd -- "$ROOT"

# Says why, and ends the script.
refuse() {
  echo "$(basename -- "$0"): $*" >&2
  exit 1
}
