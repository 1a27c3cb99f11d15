#!/bin/bash
# kg on a SLURM cluster: a Ray cluster for the time of this job, and one build on it.
#
#   python -m venv VENV && VENV/bin/pip install 'kg-builder[ray]'     once, on a file system that all nodes share
#   KG_VENV=VENV sbatch --nodes=8 docs/cluster/slurm.sh papers/ output/ --pipeline en_research
#
# What follows the first two arguments goes to `kg build`. The shards lie in OUTPUT.shards beside the output
# (KG_SHARDS=FOLDER says otherwise). A job that was ended goes on where it stood when it is submitted again.
#SBATCH --job-name=kg
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --mem=32G
#SBATCH --time=08:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: KG_VENV=VENV sbatch slurm.sh SOURCES OUTPUT [options of kg build]" >&2
    exit 2
fi
sources=$1 output=$2
shift 2
bin=${KG_VENV:?is to name the virtual environment with kg in it}/bin
shards=${KG_SHARDS:-$output.shards}

# Only who knows this job's secret may give its cluster work; srun hands the environment on.
export RAY_AUTH_MODE=token RAY_USAGE_STATS_ENABLED=0
RAY_AUTH_TOKEN=$("$bin/python" -c 'import secrets; print(secrets.token_hex(32))')
export RAY_AUTH_TOKEN

head=$(hostname)
port=$((20000 + SLURM_JOB_ID % 20000))
folder=/tmp/kg-ray-$SLURM_JOB_ID
cores=$SLURM_CPUS_PER_TASK
started=()

finish() {
    kill "${started[@]}" 2>/dev/null || true
    wait "${started[@]}" 2>/dev/null || true
    srun --overlap --nodes="$SLURM_JOB_NUM_NODES" --ntasks-per-node=1 rm -rf "$folder" || true
}
trap finish EXIT

# One core of the first node is for kg itself, which hands out the work and puts the graph together.
srun --overlap --nodes=1 --ntasks=1 --nodelist="$head" \
    "$bin/ray" start --head --block --port="$port" --num-cpus=$((cores > 1 ? cores - 1 : 1)) \
    --temp-dir="$folder" --include-dashboard=false --disable-usage-stats &
started+=($!)
if [ "$SLURM_JOB_NUM_NODES" -gt 1 ]; then
    srun --overlap --nodes=$((SLURM_JOB_NUM_NODES - 1)) --ntasks=$((SLURM_JOB_NUM_NODES - 1)) --exclude="$head" \
        bash -c 'sleep 10; exec "$@"' ray-worker \
        "$bin/ray" start --block --address="$head:$port" --num-cpus="$cores" --disable-usage-stats &
    started+=($!)
fi
for _ in $(seq 60); do
    "$bin/ray" status --address="$head:$port" >/dev/null 2>&1 && break
    sleep 2
done

# Machines that come later join in; machines that die are done without.
"$bin/kg" build "$sources" -o "$output" --engine ray --address "$head:$port" --shards "$shards" "$@" &
build=$!
trap 'kill -INT "$build" 2>/dev/null || true' TERM
wait "$build" && status=0 || status=$?
if kill -0 "$build" 2>/dev/null; then  # the signal ended only the waiting
    wait "$build" && status=0 || status=$?
fi
exit "$status"
