#!/usr/bin/env bash
# The real run: New York's participatory budgeting projects, then the flows that the UN's Financial Tracking Service
# publishes for Afghanistan 2020, through the whole pipeline; then every figure is checked. Twice: the second import must
# change nothing.
#
#   samples/real-run.sh DATA      DATA holds nyc-participatory-budgeting/projects_2012_2017.csv,
#                                 fts/requirements_afghanistan_2020.csv and fts/flows_afghanistan_2020.csv
#
# Needs the .NET SDK, Node, curl. Starts a local host of its own on port 7099 with its data in a temporary folder.
set -euo pipefail
data=${1:?usage: samples/real-run.sh DATA}
data=$(cd "$data" && pwd)
cd "$(dirname "$0")/.."
port=7099
url=http://127.0.0.1:$port
store=$(mktemp -d)

dotnet build local -v quiet -nologo
host=local/bin/Debug/net10.0/FundingFlow.Local
"$host" --port $port --data "$store" --no-samples >"$store/host.log" 2>&1 &
pid=$!
trap 'kill -TERM $pid 2>/dev/null; wait $pid 2>/dev/null; rm -rf "$store"' EXIT
for _ in $(seq 1 120); do curl -fs "$url/api/health" >/dev/null 2>&1 && break; sleep 1; done

import() { # KIND FILE MAPPING; lines that are refused are expected (exit 3): they are counted below
  "$host" import "$data/$2" --map "samples/mappings/$3" --kind "$1" --url $url --data "$store" || [ $? -eq 3 ]
}

run() {
  import projects fts/requirements_afghanistan_2020.csv fts-requirements.json
  import projects nyc-participatory-budgeting/projects_2012_2017.csv nyc-participatory-budgeting.json
  import pledges fts/flows_afghanistan_2020.csv fts-flows.json
  FUNDINGFLOW_URL=$url FUNDINGFLOW_KEYS="$store/keys.json" node samples/real-run-check.mjs
}

echo "== first run"; run | tee "$store/first.txt"
echo "== again: nothing may change"; run | tee "$store/second.txt"
diff <(grep '^=' "$store/first.txt" | tail -n +1) <(grep '^=' "$store/second.txt") && echo "The second import changed nothing."
"$host" verify --data "$store"
