# Runs a PostgreSQL that lives as long as this script's standard input is open: whichever way the one who started it
# ends, it ends too. Prints the directory of its socket once it answers.
#
#     sh postgres.sh DIRECTORY_OF_ITS_BINARIES

set -eu
bin=$1
dir=$(mktemp -d)
server=

finish() {
    trap - EXIT
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP PIPE

fail() {
    cat "$dir/log" >&2
    exit 1
}

create() {
    "$bin/initdb" --pgdata "$dir/data" --username convenor --auth trust --encoding UTF8 --locale C --no-sync "$@" \
        >"$dir/log" 2>&1
}

# A language's own order where the server knows one, so that nothing leans on bytes being the order by chance.
if ! create --locale-provider icu --icu-locale en-GB; then
    rm -rf "$dir/data"
    create || fail
fi

# Nothing here outlives a power cut; a deadlock need not be waited out.
"$bin/postgres" -D "$dir/data" -k "$dir" -h '' -c fsync=off -c full_page_writes=off -c deadlock_timeout=50ms \
    >>"$dir/log" 2>&1 </dev/null &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$dir"; do
    kill -0 "$server" 2>/dev/null && [ "$tries" -lt 600 ] || fail
    tries=$((tries + 1))
    sleep 0.1
done
echo "$dir"
read -r _ || true
