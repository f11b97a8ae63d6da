#!/usr/bin/env bash
# The locales that programs may choose, as root: of the site's languages, and the most common others.
# They come from Debian's package `locales`, and are added to the machine's own; 10 s for all of them.
set -euo pipefail

LOCALES=(
    en_US en_GB de_DE de_AT de_CH
    ar_EG bg_BG bn_BD cs_CZ da_DK el_GR es_ES es_MX et_EE fa_IR fi_FI fr_CH fr_FR he_IL hi_IN hr_HR
    hu_HU id_ID it_IT ja_JP ko_KR lt_LT lv_LV nb_NO nl_NL pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI
    sr_RS sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_TW
)

missing() {
    local there
    there=$(locale -a)
    for name in "${LOCALES[@]}"; do
        grep -qix "$name.utf-\?8" <<<"$there" || echo "$name"
    done
}

case ${1:-} in
missing) missing ;;
make) missing | xargs -r -P "$(nproc)" -I{} localedef -i {} -f UTF-8 {}.UTF-8 ;;
*)
    echo "usage: $0 missing|make" >&2
    exit 2
    ;;
esac
