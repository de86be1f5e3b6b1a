#!/usr/bin/env bash
# Sets up whatever the tests need and runs them all, the browser tests too; nothing is asked.
#
#   bash tests/run.sh [pytest arguments]
#   bash tests/run.sh --benchmarks [names]     the measurements instead of the tests
#
# PYTHON and PANJ_CHROMIUM name another interpreter or browser than the ones found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stop() {
  printf 'tests/run.sh: %s\n' "$1" >&2
  exit 1
}

# Installs the first of the named Debian packages that can be had; fails where apt or the right to use it is missing.
apt_updated=no
apt_install() {
  command -v apt-get >/dev/null || return 1
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300) package
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    apt=(sudo -n "${apt[@]}")
  fi
  if [ "$apt_updated" = no ]; then
    "${apt[@]}" update </dev/null >&2 || printf 'tests/run.sh: apt-get update failed; going on with the lists there are\n' >&2
    apt_updated=yes
  fi
  for package in "$@"; do
    printf 'tests/run.sh: installing %s\n' "$package" >&2
    "${apt[@]}" install -y --no-install-recommends "$package" </dev/null >&2 && return
  done
  return 1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
    [ "$candidate" != "${PYTHON:-}" ] || return 1
  done
  return 1
}

make_environment() {
  local python
  python=$(find_python) || stop "Python 3.11 or newer is needed and ${PYTHON:-python3} is not; install it, or name it: PYTHON=/path/to/python3 bash tests/run.sh"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" python3-venv ||
      stop "$python cannot make an environment; install its venv module (on Debian and Ubuntu the package python3-venv)"
  fi
  "$python" -m venv --clear .venv
}

in_environment() { # in_environment ARGUMENTS: runs the environment's Python (Scripts on Windows)
  if [ -x .venv/bin/python ]; then .venv/bin/python "$@"; else .venv/Scripts/python.exe "$@"; fi
}

# What the installation depends on; -P, so that geodata is found where it is installed, not because it lies here.
fingerprint() {
  in_environment -P -c '
import hashlib, importlib.util, pathlib, sys
here = pathlib.Path.cwd()
found = importlib.util.find_spec("geodata")
in_place = found is not None and pathlib.Path(found.origin).is_relative_to(here / "geodata")
print(sys.version, here, in_place, hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest())'
}

driver_starts() { in_environment -m playwright --version >/dev/null 2>&1; }

install() {
  [ "$(fingerprint)" != "$(cat .venv/installed 2>/dev/null)" ] || return 0
  printf 'tests/run.sh: installing the project and what its tests need into .venv\n' >&2
  in_environment -m pip install -q --disable-pip-version-check -e '.[test]' ||
    stop "pip could not install the project; its message stands above"
  driver_starts || { apt_install libatomic1 && driver_starts; } ||
    stop "Playwright's driver does not start: $(in_environment -m playwright --version 2>&1 | tail -n 1); on Debian and Ubuntu the package libatomic1 may be missing"
  fingerprint >.venv/installed
}

find_browser() {
  local candidate
  for candidate in chromium chromium-browser google-chrome google-chrome-stable chrome msedge microsoft-edge \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium \
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge" \
    "/c/Program Files/Google/Chrome/Application/chrome.exe" "/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"; do
    # a name alone proves nothing: on Ubuntu chromium-browser may be a stub that only says what to install
    if [ -n "$(command -v "$candidate")" ] && { [[ $candidate == *.exe ]] || "$candidate" --version >/dev/null 2>&1; }; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

choose_browser() {
  if [ -n "${PANJ_CHROMIUM:-}" ]; then
    command -v "$PANJ_CHROMIUM" >/dev/null || stop "PANJ_CHROMIUM names '$PANJ_CHROMIUM', which is no program; the path of Chromium, Chrome or Edge would be right"
  elif ! PANJ_CHROMIUM=$(find_browser); then
    apt_install chromium chromium-browser || true
    PANJ_CHROMIUM=$(find_browser) || stop "no browser found; install Chromium, Chrome or Edge, or name one: PANJ_CHROMIUM=/path/to/chromium bash tests/run.sh"
  fi
  export PANJ_CHROMIUM
}

in_environment -m pip --version >/dev/null 2>&1 || make_environment
install
choose_browser
if [ "${1:-}" = --benchmarks ]; then
  shift
  in_environment -m tests.benchmarks "$@"
else
  in_environment -m pytest "$@"
fi
