# What the cluster's scripts share: where the node is, and how its processes are
# started and ended. Sourced by scripts/cluster.

STATE=/var/lib/frikommune-cluster  # Everything the node writes.
NETNS=frikommune-cluster
CGROUP=frikommune-cluster
# What its parts write elsewhere, whatever they are told.
ELSEWHERE=(/var/lib/kubelet /var/lib/cni /var/log/containers /run/containerd)
NODE_IP=10.250.0.1
NODE=node-1
PODS=10.244.0.0/24
SERVICES=10.96.0.0/16
NAMESPACE=municipalities
export KUBECONFIG=$STATE/kubeconfig
export HELM_CACHE_HOME=$STATE/helm HELM_CONFIG_HOME=$STATE/helm HELM_DATA_HOME=$STATE/helm
export PATH=$STATE/bin:$PATH

# Runs a command in the node's network; the rest is the machine's.
inside() { nsenter --net="/run/netns/$NETNS" -- "$@"; }

# When a process started, so that its id is not taken for another's.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# start NAME COMMAND...: starts a process of the node, its log in STATE/log.
start() {
  local name=$1
  shift
  setsid nsenter --net="/run/netns/$NETNS" -- "$@" {lock}>&- </dev/null >>"$STATE/log/$name" 2>&1 &
  echo "$! $(started_at $!)" >"$STATE/pids/$name"
}

running() {
  local id began
  [[ -e $STATE/pids/$1 ]] && read -r id began <"$STATE/pids/$1" &&
    [[ -n $began && $(started_at "$id") == "$began" ]]
}

# stop NAME [SIGNAL]: ends a process of the node, and waits for it.
stop() {
  local id began
  if running "$1"; then
    read -r id began <"$STATE/pids/$1"
    kill "-${2:-TERM}" "$id" 2>/dev/null || true
    for _ in {1..100}; do
      [[ $(started_at "$id") == "$began" ]] || break
      sleep 0.1
    done
    [[ $(started_at "$id") != "$began" ]] || kill -KILL "$id" 2>/dev/null || true
  fi
  rm -f -- "$STATE/pids/$1"
}

# await SECONDS WHAT COMMAND...: until the command succeeds.
await() {
  local seconds=$1 what=$2 end=$((SECONDS + $1))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [[ $SECONDS -lt $end ]] || { echo "cluster: no $what after $seconds s" >&2; return 1; }
    sleep 0.2
  done
}

kube() { inside kubectl "$@"; }
