#!/bin/sh
# sh verify.sh [DIRECTORY]: is everything as it was packed? DIRECTORY is the packed folder, or where it was installed to.
set -eu
at=$(cd "${1:-$(dirname "$0")}" && pwd)
cd "$at"
export LC_ALL=C
if command -v sha256sum >/dev/null 2>&1; then check='sha256sum -c --quiet'; else check='shasum -a 256 -c -s'; fi
if [ -f SHA256SUMS ]; then lists=. prefix=''; else lists=offline prefix='app/'; fi
if [ ! -f "$lists/SHA256SUMS" ]; then echo "Không thấy SHA256SUMS trong $at. / There is no SHA256SUMS in $at." >&2; exit 1; fi
fail() {
  echo "KHÔNG ĐÚNG BẢN GỐC: $1. Không cài, không chạy; chép lại từ nguồn." >&2
  echo "NOT AS PACKED: $1. Do not install or run it; copy it again from its source." >&2
  exit 1
}
grep "  $prefix" "$lists/SHA256SUMS" | sed "s,  $prefix,  ," | $check - || fail 'SHA256'
grep "^$prefix" "$lists/LINKS" | sed "s,^$prefix,," | while IFS='	' read -r link target; do
  [ "$(readlink "$link")" = "$target" ] || { echo "$link" >&2; exit 1; }
done || fail 'links'
if [ "$lists" = . ]; then
  added=$( (cut -c 67- SHA256SUMS; cut -f 1 LINKS; echo SHA256SUMS) | sort >"${TMPDIR:-/tmp}/vonggac-listed.$$"
    find . \( -type f -o -type l \) | sed 's,^\./,,' | sort | comm -13 "${TMPDIR:-/tmp}/vonggac-listed.$$" -
    rm -f "${TMPDIR:-/tmp}/vonggac-listed.$$")
  [ -z "$added" ] || fail "$added"
fi
echo "Đúng bản gốc: $(wc -l <"$lists/SHA256SUMS") tệp. / As packed."
