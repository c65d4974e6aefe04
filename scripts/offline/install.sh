#!/bin/sh
# sh install.sh DIRECTORY: verifies this folder, copies the program to DIRECTORY and says how to start. Needs no network, no root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -ne 1 ]; then
  echo "Cách dùng: sh install.sh THƯ_MỤC / usage: sh install.sh DIRECTORY" >&2
  exit 2
fi
want='@PLATFORM@'
have="$(uname -s)-$(uname -m)"
if [ "$have" != "$want" ]; then
  echo "Bộ cài này dành cho $want, máy này là $have. / This package is for $want; this machine is $have." >&2
  exit 1
fi
sh "$here/verify.sh" "$here"
mkdir -p "$1"
to=$(cd "$1" && pwd)
if [ -n "$(ls -A "$to")" ]; then
  echo "$to không trống; chọn thư mục khác. Nâng cấp thì cài vào thư mục mới rồi chạy với cùng VONGGAC_DATA." >&2
  echo "$to is not empty; choose another. To upgrade, install to a new directory and start it with the same VONGGAC_DATA." >&2
  exit 1
fi
cp -pR "$here/app/." "$to/"
mkdir "$to/offline"
cp -p "$here/SHA256SUMS" "$here/LINKS" "$here/verify.sh" "$here/sbom.cdx.json" "$to/offline/"
data="${VONGGAC_DATA:-$to-data}"
run() {
  cat >"$to/$1" <<END
#!/bin/sh
cd '$to'
export VONGGAC_DATA="\${VONGGAC_DATA:-$data}"
exec '$to/node_modules/@NODE@/bin/node' $2 "\$@"
END
  chmod 755 "$to/$1"
}
run start.sh apps/server/src/main.ts
run vonggac.sh apps/cli/src/main.ts
user=$(id -un 2>/dev/null) || user=$(id -u)
sed "s,@DIR@,$to,g; s,@DATA@,$data,g; s,@USER@,$user,g" "$here/vonggac.service" >"$to/offline/vonggac.service"
cat <<END

Đã cài vào / installed to: $to
Chạy / start:              $to/start.sh
Lệnh quản trị / commands:  $to/vonggac.sh --help
Dữ liệu / data:            $data
Kiểm tra lại / verify:     sh $to/offline/verify.sh $to
Chạy cùng máy / systemd:   $to/offline/vonggac.service
END
