# Ends the node. Sourced by scripts/cluster.

ctr_here() { ctr --address "$STATE/containerd.sock" --namespace k8s.io "$@"; }

# The containers go first: each has a process that holds it, which ends with it.
end_containers() {
  running containerd || return 0
  local id
  for id in $(ctr_here tasks list -q 2>/dev/null); do
    ctr_here tasks kill -s SIGKILL "$id" >/dev/null 2>&1 || true
  done
  for id in $(ctr_here tasks list -q 2>/dev/null); do
    ctr_here tasks delete -f "$id" >/dev/null 2>&1 || true
  done
  for id in $(ctr_here containers list -q 2>/dev/null); do
    ctr_here containers delete "$id" >/dev/null 2>&1 || true
  done
}

# Whoever still names the node's socket in its command line is ours.
end_holders() {
  local id
  for id in $(grep -lsF -- "$STATE/containerd.sock" /proc/[0-9]*/cmdline | cut -d/ -f3); do
    [[ $id == "$$" || $id == "$BASHPID" ]] || kill -KILL "$id" 2>/dev/null || true
  done
}

unmount_all() {
  local place
  awk -v below="$STATE/" 'index($5, below) == 1 {print $5}' /proc/self/mountinfo | sort -r |
    while read -r place; do umount -l -- "$place" || true; done
}

down() {
  local name controller
  if [[ ! -e $STATE ]]; then
    echo "cluster: there is no node"
    return
  fi
  set +e
  for name in kubelet kube-proxy cluster-dns; do stop "$name"; done
  end_containers
  for name in kube-scheduler kube-controller-manager kube-apiserver; do stop "$name" KILL; done
  for name in containerd etcd; do stop "$name"; done
  if [[ -e $STATE/postgres/data/postmaster.pid ]]; then stop_postgres; fi
  end_holders
  unmount_all
  for controller in /sys/fs/cgroup/*/; do
    [[ -d $controller/$CGROUP ]] || continue
    for _ in {1..50}; do
      find "$controller/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null
      [[ -d $controller/$CGROUP ]] || break
      sleep 0.1
    done
  done
  ip netns delete "$NETNS" 2>/dev/null
  if [[ -e $STATE/machine-settings ]]; then
    sed 's/ = /=/' "$STATE/machine-settings" | xargs sysctl -qw
  fi
  for name in "${ELSEWHERE[@]}"; do
    [[ ! -e $STATE/found ]] || grep -qxF -- "$name" "$STATE/found" || rm -rf -- "$name"
  done
  rm -rf -- "$STATE" /run/lock/frikommune-cluster
  left=0
  what_is_left
  set -e
  [[ $left -eq 0 ]] || refuse "not everything went"
  echo "cluster: down, nothing is left"
}

stop_postgres() {
  setpriv --reuid=postgres --regid=postgres --init-groups \
    /usr/lib/postgresql/15/bin/pg_ctl -D "$STATE/postgres/data" -m immediate -s stop
}

# Says what should have gone; sets left.
what_is_left() {
  local controller
  for controller in /sys/fs/cgroup/*/; do
    [[ ! -d $controller/$CGROUP ]] || { echo "left: $controller$CGROUP"; left=1; }
  done
  [[ ! -e /run/netns/$NETNS ]] || { echo "left: network namespace $NETNS"; left=1; }
  ! grep -q " $STATE/" /proc/self/mountinfo || { echo "left: mounts"; left=1; }
  [[ ! -e $STATE ]] || { echo "left: $STATE"; left=1; }
  if grep -lsF -- "$STATE/" /proc/[0-9]*/cmdline >/dev/null; then
    echo "left: processes $(grep -lsF -- "$STATE/" /proc/[0-9]*/cmdline | tr '\n' ' ')"
    left=1
  fi
}
