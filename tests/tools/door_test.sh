#!/usr/bin/env bash
# The one door and its list of packages: what can be said of them without installing or building anything.
#
# shellcheck disable=SC2013,SC2317

set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

for command in run test bench rules fuzz format tidy package; do
    "$root/dev" help | grep -q "^  $command " || fail "./dev help does not name $command"
    "$root/dev" "$command" --help | grep -q "^./dev $command" || fail "./dev $command --help does not say how it is called"
done
if "$root/dev" nonsense >/dev/null 2>&1; then
    fail "an unknown command succeeds"
fi

# Every line of the list has five columns, and what the build asks for by name stands in it.
awk -F'|' '!/^#/ && NF > 0 && NF != 5 { print "FAILED: packages.txt line " NR " has not five columns: " $0; bad = 1 }
           END { exit bad }' "$root/packages.txt" || failures=$((failures + 1))
for package in $(sed -n 's/^ *recvscope_need([A-Za-z0-9_]* "[^"]*" "\{0,1\}\([^")]*\)"\{0,1\})$/\1/p' "$root/cmake/dependencies.cmake"); do
    awk -F'|' -v package="$package" '{ gsub(/ /, "", $2) } $2 == package { found = 1 } END { exit !found }' "$root/packages.txt" ||
        fail "cmake/dependencies.cmake names $package, packages.txt does not"
done

# Each system gets the names of its own column, without the places where it needs nothing.
die() { fail "$*"; }
say() { :; }
# shellcheck source=tools/packages.sh disable=SC1091
. "$root/tools/packages.sh"
packagesFor apt build | grep -qx libyaml-dev || fail "apt does not get libyaml-dev"
packagesFor dnf build | grep -qx libyaml-devel || fail "dnf does not get libyaml-devel"
packagesFor pacman bench | grep -qx libuv || fail "pacman does not get libuv"
packagesFor brew build | grep -qx -- - && fail "brew is told to install '-'"

[ "$failures" -eq 0 ] && echo "the door is sound"
exit "$((failures > 0))"
