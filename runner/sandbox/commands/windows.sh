#!/bin/sh
# Commands of Windows, as far as programs of beginners use them: os.system("cls"). The name by which
# this script is called says which one. What has no meaning in this terminal does nothing.

# Options of Windows begin with a slash, and so do files of Linux: only short ones are options.
without_options() {
    for word in "$@"; do
        case $word in
        /[A-Za-z] | /[A-Za-z]:* | /-[A-Za-z]) ;;
        *) printf '%s\n' "$word" ;;
        esac
    done
}

# Windows counts blue, green, red from the lowest bit; terminals red, green, blue.
color_code() {
    case $1 in
    0) echo 0 ;; 1) echo 4 ;; 2) echo 2 ;; 3) echo 6 ;; 4) echo 1 ;; 5) echo 5 ;; 6) echo 3 ;;
    7) echo 7 ;; 8) echo 60 ;; 9) echo 64 ;; [aA]) echo 62 ;; [bB]) echo 66 ;; [cC]) echo 61 ;;
    [dD]) echo 65 ;; [eE]) echo 63 ;; [fF]) echo 67 ;;
    *) return 1 ;;
    esac
}

color() {
    case $1 in
    '') printf '\033[0m' ;;
    [0-9A-Fa-f]) printf '\033[%sm' $((30 + $(color_code "$1"))) ;;
    [0-9A-Fa-f][0-9A-Fa-f])
        front=$(color_code "${1#?}")
        back=$(color_code "${1%?}")
        printf '\033[%s;%sm' $((30 + front)) $((40 + back))
        ;;
    *) return 1 ;;
    esac
}

pause() {
    if [ -t 0 ]; then
        before=$(stty -g)
        trap 'stty "$before"' EXIT
        trap 'exit 130' INT
        stty -icanon -echo min 1 time 0
    fi
    # In one process that ^C ends: while a shell is waiting for another, its traps wait too.
    (
        trap - INT
        printf 'Press any key to continue . . . '
        exec dd bs=1 count=1 >/dev/null 2>&1
    )
    echo
}

name=${0##*/}
case $name in
cls) printf '\033[H\033[2J\033[3J' ;;
pause) pause ;;
color) color "$1" ;;
title) printf '\033]0;%s\007' "$*" ;;
chcp) [ $# -gt 0 ] || echo 'Active code page: 65001' ;;
mode) ;;
ver) uname -sr ;;
*)
    IFS='
'
    set -f
    # shellcheck disable=SC2046 # one word for each line
    set -- $(without_options "$@")
    case $name in
    copy) exec cp -- "$@" ;;
    move | ren | rename) exec mv -- "$@" ;;
    del | erase) exec rm -f -- "$@" ;;
    md) exec mkdir -p -- "$@" ;;
    esac
    ;;
esac
