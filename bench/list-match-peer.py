"""The peer of bench/list-match.ts: what one would write in an evening. python3 list-match-peer.py REGISTER.csv LIST.csv"""
import csv
import ipaddress
import json
import sys
from datetime import date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=7))
by_length = {4: {}, 6: {}}
with open(sys.argv[1], newline="", encoding="utf-8-sig") as register:
    for line in csv.DictReader(register):
        net = ipaddress.ip_network(line["cidr"])
        start = date.fromisoformat(line["valid_from"]) if line["valid_from"] else date.min
        end = date.fromisoformat(line["valid_to"]) if line["valid_to"] else date.max
        held = by_length[net.version].setdefault(net.prefixlen, {}).setdefault(int(net.network_address), [])
        held.append((start, end, line["organisation"], line["cidr"]))
lengths = {version: sorted(tables, reverse=True) for version, tables in by_length.items()}
for tables in by_length.values():
    for table in tables.values():
        for held in table.values():
            held.sort(key=lambda one: one[0], reverse=True)


def find(ip, day):
    bits, value, tables, reason = ip.max_prefixlen, int(ip), by_length[ip.version], "no-range"
    for length in lengths[ip.version]:
        for start, end, organisation, cidr in tables[length].get(value >> (bits - length) << (bits - length), ()):
            reason = "not-valid-at-time"
            if start <= day < end:
                return organisation, cidr, "longest-prefix"
    return None, None, reason


with open(sys.argv[2], newline="", encoding="utf-8-sig") as rows:
    for number, row in enumerate(csv.DictReader(rows), 1):
        ip = ipaddress.ip_address(row.get("ip") or row["src_ip"])
        time = datetime.fromisoformat(row["timestamp"]).replace(tzinfo=timezone.utc)
        organisation, cidr, reason = find(ip, time.astimezone(HERE).date())
        found = {"row": number, "ip": str(ip), "time": time.strftime("%Y-%m-%dT%H:%M:%SZ")}
        found |= {"organisation": organisation, "cidr": cidr, "reason": reason}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
