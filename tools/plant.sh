#!/usr/bin/env bash
# Plants each fault of tests/planted in a copy of the sources and sees whether it is found: by the checker, on random
# schedules, and by the tests of the rule whose code it takes away. Called by ./dev plant.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
planted=$root/build/planted
source=$planted/source
tests="wsp_test wsk_test engine_test"

say() { printf 'plant: %s\n' "$*" >&2; }

# A file that is as it was keeps its time, and one that is not gets a new one: a second run compiles what has changed.
copySources() {
    local parts=(CMakeLists.txt CMakePresets.json cmake core app tests resources docs LICENSE README.md) file
    mkdir -p "$source"
    while read -r file; do
        cmp -s "$root/$file" "$source/$file" && continue
        mkdir -p "$source/$(dirname "$file")"
        cp "$root/$file" "$source/$file"
    done < <(cd "$root" && find "${parts[@]}" -type f)
    while read -r file; do
        [ -e "$root/$file" ] || rm "$source/$file"
    done < <(cd "$source" && find "${parts[@]}" -type f)
    [ -f "$planted/build/build.ninja" ] ||
        cmake -S "$source" -B "$planted/build" -G Ninja -DRECVSCOPE_GUI=OFF -DCMAKE_BUILD_TYPE=Debug \
            -DCMAKE_CXX_FLAGS_DEBUG=-O1 -DRECVSCOPE_WERROR=OFF \
            -Wno-dev >"$planted/configure.log"
}

build() {
    CCACHE_BASEDIR=$source CCACHE_NOHASHDIR=1 ninja -C "$planted/build" --quiet property_test $tests \
        >"$planted/build.log" 2>&1
}

# A folder of its own for git: the copy lies within the repository, whose paths are others.
change() { (cd "$source" && GIT_CEILING_DIRECTORIES=$planted git apply "$@"); }

# failingTests RULE: how many of the rule's tests fail, of how many there are. Each alone: one may hang.
failingTests() {
    local program test all=0 failed=0
    for program in $tests; do
        while read -r test; do
            all=$((all + 1))
            timeout 20 "$planted/build/bin/$program" --gtest_filter="$test" >/dev/null 2>&1 || failed=$((failed + 1))
        done < <("$planted/build/bin/$program" --gtest_list_tests | awk -v rule="$1" '
            /^[^ ]/ { suite = $1 }
            /^ / && $NF == rule { print suite $1 }')
    done
    echo "$failed of $all"
}

copySources
say "building without a fault"
build || { cat "$planted/build.log"; exit 1; }
timeout 300 "$planted/build/bin/property_test" --gtest_filter='Property.*' >"$planted/sound.log" 2>&1 ||
    { cat "$planted/sound.log"; say "without any fault the checker refuses a schedule: see above"; exit 1; }

missed=0
printf '| fault | its rule | the checker refuses it by | at schedule | tests of the rule that fail |\n|---|---|---|---|---|\n'
for patch in "$root"/tests/planted/${1:-}*.patch; do
    name=$(basename "$patch" .patch)
    rule=$(sed -n 's/^rule: //p' "$patch")
    change "$patch"
    build || { cat "$planted/build.log"; exit 1; }
    log=$planted/$name.log
    case $rule in wsk.*) schedules=Property.theCheckerAcceptsWhatWskDoes ;; *) schedules=Property.theCheckerAcceptsWhatTheEngineDoes ;; esac
    timeout 300 "$planted/build/bin/property_test" --gtest_filter="$schedules" >"$log" 2>&1 || true
    seed=$(sed -n 's/^seed \([0-9]*\) is refused:.*/\1/p' "$log")
    refusedBy=$(sed -n '/is refused:$/,/^$/p' "$log" | sed -n 's/^\([a-z][a-z.-]*\): .*/`\1`/p' | awk '!seen[$0]++' | head -2 | paste -sd, | sed 's/,/, /')
    failing=$(failingTests "$rule")
    printf '| %s | `%s` | %s | %s | %s |\n' "$name" "$rule" "${refusedBy:-**nothing**}" "${seed:--}" "$failing"
    [ -n "$refusedBy" ] && [ "${failing%% *}" != 0 ] || missed=$((missed + 1))
    change -R "$patch"
done
[ $missed = 0 ] || { say "$missed of the faults were missed by the checker or by the tests of their rule"; exit 1; }
