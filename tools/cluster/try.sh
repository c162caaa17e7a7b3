# Installs the chart with the image just built, and tries it. Sourced by
# scripts/cluster. Each step says what it saw; the first that does not hold ends it.
#
# CLUSTER_IMAGE_OPTIONS: options of scripts/image. CLUSTER_VALUES: a file of more
# values of the chart. CLUSTER_RESTARTS: how many rolling restarts (3).

. tools/versions
. tools/cluster/try_sqlite.sh
RELEASE=frikommune
POSTGRES=/usr/lib/postgresql/15/bin

say() { printf '\n== %s\n' "$*"; }
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }

address() { kube get service -n "$NAMESPACE" "$1" -o 'jsonpath={.spec.clusterIP}'; }

# A server outside the cluster, as in a production.
start_postgres() {
  (cd / && inside setpriv --reuid=postgres --regid=postgres --init-groups \
    "$POSTGRES/pg_ctl" -D "$STATE/postgres/data" -l "$STATE/postgres/log" -s -w \
    -o "-c listen_addresses=$NODE_IP -k $STATE/postgres" start {lock}>&-)
}

databases() {
  local data=$STATE/postgres/data secret
  secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  install -d -o postgres -g postgres "$STATE/postgres"
  (cd / && as_postgres "$POSTGRES/initdb" -D "$data" --auth-local=trust -E UTF8 \
    --locale=C >/dev/null 2>&1)
  echo "host all all 10.0.0.0/8 scram-sha-256" >>"$data/pg_hba.conf"
  start_postgres
  local name
  for name in certificates rehab; do
    (cd / && as_postgres psql -q -h "$STATE/postgres" <<<"
      CREATE ROLE $name LOGIN PASSWORD '$secret';
      CREATE DATABASE frikommune_$name OWNER $name;")
  done
  kube create secret generic databases -n "$NAMESPACE" \
    --from-literal=certificates="host=$NODE_IP dbname=frikommune_certificates user=certificates password=$secret" \
    --from-literal=rehab="host=$NODE_IP dbname=frikommune_rehab user=rehab password=$secret" >/dev/null
}

chart() {
  inside helm "$1" "$RELEASE" helm/frikommune -n "$NAMESPACE" -f tools/cluster/values.yaml \
    ${CLUSTER_VALUES:+-f "$CLUSTER_VALUES"} --wait --timeout 180s "${@:2}" >"$STATE/log/helm" 2>&1 || { cat "$STATE/log/helm"; return 1; }
}

replay() {
  local targets=() service
  for service in scheduling certificates rehab; do
    targets+=(--target "$service=$(address "$RELEASE-$service"):50051")
  done
  targets+=(--target "$(address "$RELEASE-scheduling"):50051")
  inside "$BIN/frikommune" replay "${targets[@]}" examples/*.jsonl >"$STATE/log/replay" ||
    { cat "$STATE/log/replay"; return 1; }
  tail -n 1 "$STATE/log/replay"
}

# Callers of every service, both kinds, until load_stop.
load_start() {
  local targets=() service
  for service in scheduling certificates rehab; do
    targets+=("$service=$(address "$RELEASE-$service"):50051")
    targets+=("$service=dns://$NODE_IP:53/$RELEASE-$service-headless.$NAMESPACE.svc.cluster.local:50051")
  done
  nsenter --net="/run/netns/$NETNS" -- /usr/bin/python3 tools/cluster/load.py "$STATE/protos" examples "${targets[@]}" \
    >"$STATE/log/load" 2>"$STATE/log/load-errors" &
  load=$!
  trap 'kill -KILL "$load" 2>/dev/null || true' EXIT
  sleep 3
}

# load_stop FAILED_MAX: says what the callers saw.
load_stop() {
  kill -TERM "$load"
  wait "$load"
  trap - EXIT
  cat "$STATE/log/load"
  /usr/bin/python3 -c 'import json, sys
seen = json.load(open(sys.argv[1]))
sys.exit(seen["calls"] == 0 or seen["failed"] > int(sys.argv[2]))' "$STATE/log/load" "$1"
}

# until_away/back WHAT: seconds until the pods of a service are not ready, or are.
ready_pods() {
  kube get pods -n "$NAMESPACE" -l "app.kubernetes.io/name=frikommune-$1" \
    -o 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' | grep -c True || true
}
none_ready() { [[ $(ready_pods "$1") == 0 ]]; }
all_ready() { [[ $(ready_pods "$1") == 2 ]]; }
restarts() {
  kube get pods -n "$NAMESPACE" -l app.kubernetes.io/part-of=frikommune \
    -o 'jsonpath={.items[*].status.containerStatuses[*].restartCount}'
}

# Schemas say what a field may be; only a server says whether the whole may be.
take_every_example() {
  local values folder said
  folder=$(go mod download -json \
    "github.com/prometheus-operator/prometheus-operator@$PROMETHEUS_OPERATOR_VERSION" |
    sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')/example/prometheus-operator-crd
  kube apply --server-side -f "$folder/monitoring.coreos.com_servicemonitors.yaml" \
    -f "$folder/monitoring.coreos.com_prometheusrules.yaml" >/dev/null
  kube create namespace monitoring --dry-run=client -o yaml | kube apply -f - >/dev/null
  kube create namespace "$NAMESPACE" >/dev/null
  kube label namespace "$NAMESPACE" pod-security.kubernetes.io/{enforce,warn}=restricted >/dev/null
  await 30 "custom kinds" kube get servicemonitors,prometheusrules -n "$NAMESPACE"
  for values in helm/frikommune/ci/*-values.yaml; do
    inside helm template "$RELEASE" helm/frikommune -n "$NAMESPACE" -f "$values" \
      --kube-version 1.35.0 >"$STATE/rendered.yaml"
    said=$(kube apply --server-side --dry-run=server -f "$STATE/rendered.yaml" 2>&1) ||
      { echo "$said" | grep -v 'server side dry run'; return 1; }
    ! grep -i warning <<<"$said" || return 1
    echo "$(basename "$values"): $(grep -c 'dry run' <<<"$said") objects taken"
  done
}

# What an earlier try left.
begin_anew() {
  kube delete namespace "$NAMESPACE" sqlite --ignore-not-found --timeout 120s >/dev/null
  if [[ -e $STATE/postgres/data/postmaster.pid ]]; then
    (cd / && as_postgres "$POSTGRES/pg_ctl" -D "$STATE/postgres/data" -m immediate -s stop)
  fi
  rm -rf -- "$STATE/postgres"
}

try() {
  scripts/image ${CLUSTER_IMAGE_OPTIONS:-}
  [[ -e $STATE ]] || up
  begin_anew
  local image began service
  image=(build/image/frikommune-*.oci.tar)
  images import "${image[0]}"
  protoc -I protos -I /usr/share/gocode/src/github.com/gogo/googleapis -I /usr/include \
    --include_imports --descriptor_set_out "$STATE/protos" \
    protos/frikommune/{scheduling,certificates,rehab}/v1/*_service.proto

  say "what the API server itself says of the chart's examples"
  take_every_example

  say "install: a namespace that takes only restricted pods, PostgreSQL outside"
  databases
  began=$SECONDS
  chart install
  echo "installed and ready after $((SECONDS - began)) s"
  kube get pods -n "$NAMESPACE" -o wide

  say "helm test"
  inside helm test "$RELEASE" -n "$NAMESPACE" --timeout 60s --logs | grep -v '^$'

  say "examples/ through the cluster's Services"
  replay

  say "${CLUSTER_RESTARTS:-3} rolling restarts of everything under load"
  load_start
  for _ in $(seq "${CLUSTER_RESTARTS:-3}"); do
    for service in scheduling certificates rehab; do
      kube rollout restart -n "$NAMESPACE" "deployment/$RELEASE-$service" >/dev/null
    done
    for service in scheduling certificates rehab; do
      kube rollout status -n "$NAMESPACE" "deployment/$RELEASE-$service" --timeout 180s >/dev/null
    done
  done
  load_stop 0

  say "an upgrade under load: the catalog from ConfigMaps instead of the image"
  scripts/helm-catalog catalog >"$STATE/catalog-values.yaml"
  load_start
  chart upgrade -f "$STATE/catalog-values.yaml"
  load_stop 0
  replay

  say "an upgrade to an image that is not there, and back, under load"
  load_start
  if inside helm upgrade "$RELEASE" helm/frikommune -n "$NAMESPACE" --reuse-values \
    --set image.tag=none --set migrations.enabled=false --wait --timeout 20s >/dev/null 2>&1; then
    echo "an image that is not there was taken" && return 1
  fi
  inside helm rollback "$RELEASE" -n "$NAMESPACE" --wait --timeout 180s >/dev/null
  load_stop 0
  inside helm history "$RELEASE" -n "$NAMESPACE" | tail -n 3

  say "a pod of each service killed under load; callers without a retry lose what was under way"
  load_start
  for service in scheduling certificates rehab; do
    kube delete pod -n "$NAMESPACE" --grace-period=0 --force "$(kube get pods -n "$NAMESPACE" \
      -l "app.kubernetes.io/name=frikommune-$service" -o name | head -1 | cut -d/ -f2)" >/dev/null 2>&1
    await 60 "$service" all_ready "$service"
  done
  load_stop 100
  replay

  say "PostgreSQL killed, and back"
  (cd / && as_postgres "$POSTGRES/pg_ctl" -D "$STATE/postgres/data" -m immediate -s stop)
  began=$SECONDS
  await 60 "end of certificates" none_ready certificates
  await 60 "end of rehab" none_ready rehab
  all_ready scheduling
  echo "certificates and rehab are not ready after $((SECONDS - began)) s, scheduling is"
  start_postgres
  began=$SECONDS
  await 60 certificates all_ready certificates
  await 60 rehab all_ready rehab
  echo "both are ready $((SECONDS - began)) s after it is back; restarts: $(restarts)"
  [[ $(restarts) != *[1-9]* ]]
  await 60 "answers" replay
  echo "the examples hold $((SECONDS - began)) s after it is back"

  say "SQLite: a pod killed, its state in the next one"
  try_sqlite

  say "all of it held"
}
