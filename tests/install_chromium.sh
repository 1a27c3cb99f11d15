#!/bin/sh
# The browser tests drive Debian's chromium. Installs it where that is possible, and says so where it is not.
set -eu
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "chromium is not installed and cannot be: the browser tests will be skipped" >&2
