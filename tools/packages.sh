# Which packages a part of the work needs (packages.txt), which are missing here, and how they come. Sourced by ./dev.
#
# shellcheck shell=bash disable=SC2154

# The column of packages.txt that speaks of this system: apt, dnf, pacman or brew; "other" when none does.
packageSystem() {
    if [ "$(uname -s)" = Darwin ]; then
        echo brew
    elif command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        echo apt
    elif command -v dnf >/dev/null; then
        echo dnf
    elif command -v pacman >/dev/null; then
        echo pacman
    else
        echo other
    fi
}

# packagesFor SYSTEM GROUP: their names, one a line.
packagesFor() {
    local column
    case $1 in
        dnf) column=3 ;;
        pacman) column=4 ;;
        brew) column=5 ;;
        *) column=2 ;;
    esac
    awk -F'|' -v group="$2" -v column="$column" '
        /^#/ || NF < 5 { next }
        { for (i = 1; i <= NF; ++i) gsub(/^[ \t]+|[ \t]+$/, "", $i) }
        $1 == group && $column != "-" && !seen[$column]++ { print $column }' "$root/packages.txt"
}

# missingOf SYSTEM PACKAGE...: those that are not installed, one a line.
missingOf() {
    local system=$1 package
    shift
    for package in "$@"; do
        case $system in
            apt) dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ;;
            dnf) rpm -q --quiet --whatprovides "$package" ;;
            pacman) pacman -T "$package" >/dev/null ;;
            brew) brew list --versions "$package" >/dev/null 2>&1 ;;
        esac || echo "$package"
    done
}

# quietly COMMAND...: a person sees its progress; a log sees its end, and only when it failed.
quietly() {
    if [ -t 1 ]; then
        "$@" </dev/null
        return
    fi
    mkdir -p "$root/build"
    "$@" </dev/null >"$root/build/packages.log" 2>&1 && return
    tail -n 20 "$root/build/packages.log" >&2
    return 1
}

# installWithApt PACKAGE...: says what it does; refreshes the package lists only when they do not know a package.
installWithApt() {
    local asRoot=() package
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "these packages are missing, and there is no sudo to install them with. As root: apt-get install $*"
        asRoot=(sudo)
    fi
    asRoot+=(env DEBIAN_FRONTEND=noninteractive apt-get)
    say "installing $*"
    for package in "$@"; do
        if ! apt-cache show "$package" >/dev/null 2>&1; then
            say "refreshing the package lists, which do not know $package yet"
            quietly "${asRoot[@]}" update || die "apt-get update failed: see its message above"
            break
        fi
    done
    if ! quietly "${asRoot[@]}" install -y --no-install-recommends "$@"; then
        say "refreshing the package lists and trying once more"
        quietly "${asRoot[@]}" update || die "apt-get update failed: see its message above"
        quietly "${asRoot[@]}" install -y --no-install-recommends "$@" || die "apt-get could not install them: $*"
    fi
}

# needPackages GROUP...: returns when everything is there. A stamp newer than the list makes it free the next time.
needPackages() {
    local group system wanted missing
    for group in "$@"; do
        [ "$root/build/.packages-$group" -nt "$root/packages.txt" ] && continue
        system=$(packageSystem)
        wanted=$(packagesFor "$system" "$group" | tr '\n' ' ')
        if [ "$system" = other ]; then
            say "this system's packages are not known here; under Debian's names these are needed: $wanted"
            continue
        fi
        # Names of packages hold no blanks, so splitting into words is meant.
        # shellcheck disable=SC2086
        missing=$(missingOf "$system" $wanted | tr '\n' ' ')
        if [ -n "$missing" ]; then
            # shellcheck disable=SC2086
            case $system in
                apt) installWithApt $missing ;;
                dnf) die "please install, then start again: sudo dnf install $missing" ;;
                pacman) die "please install, then start again: sudo pacman -S $missing" ;;
                brew) die "please install, then start again: brew install $missing" ;;
            esac
        fi
        mkdir -p "$root/build"
        touch "$root/build/.packages-$group"
    done
}
