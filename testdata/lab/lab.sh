#!/usr/bin/env bash
# A closed lab of real mail and name servers on loopback addresses:
# two Postfix instances with a service for each policy, Exim, Dovecot (LMTP and
# quota), OpenLDAP, a greylisting policy server, two NSD and two Unbound that
# disagree about one domain. See README.md beside this file for who is who.
#
#   lab.sh build DIR          fetch and unpack the servers (Debian, apt-get), once
#   lab.sh start DIR          write the configuration and start all servers
#   lab.sh stop DIR           stop them
#   lab.sh senders DIR        start the hosts that write to the others, too
#   lab.sh ldap DIR up|down   start or stop the directory alone
#   lab.sh within DIR CMD...  run a command that sees the servers' files in /usr
#   lab.sh logs DIR           print the mail logs
#
# Nothing is installed: the packages are unpacked under DIR, and everything the
# servers write is there, too. The host's own mail is not touched. Starting
# needs root (Postfix does), mount namespaces (Exim and Dovecot look for their
# own files under /usr), and ports 53 and 2525 of addresses in 127.9.0.0/16.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command=${1:-}
state=${2:-}
[ -n "$command" ] && [ -n "$state" ] || { sed -n '2,21s/^# \{0,1\}//p' "$0"; exit 2; }
mkdir -p "$state"
state=$(cd "$state" && pwd)
root=$state/root
run=$state/run

packages=(postfix postfix-ldap postfix-sqlite postfix-mysql postfix-pgsql sqlite3 exim4-daemon-light dovecot-lmtpd slapd ldap-utils unbound nsd sendmail-bin sendmail-cf m4)

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The unpacked programs find their libraries here.
arch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo "$(uname -m)-linux-gnu")
export LD_LIBRARY_PATH=$root/usr/lib/postfix:$root/usr/lib/$arch:$root/lib/$arch:$root/usr/lib/dovecot:$root/usr/lib/dovecot/modules

build() {
    # The mark names the packages, so that a new list is fetched.
    local mark=$state/unpacked want="${packages[*]}"
    if [ -e "$mark" ] && [ "$(cat "$mark")" = "$want" ]; then return; fi
    command -v apt-get >/dev/null && command -v dpkg >/dev/null || die "the lab is built from Debian packages, and there is no apt-get here"
    rm -rf "$root" "$state/deb"
    mkdir -p "$root" "$state/deb"
    chmod 755 "$state" "$root"
    apt-get update -qq >"$state/apt.log" 2>&1 || true # the lists at hand may do
    local all=() p
    for p in "${packages[@]}"; do
        # What the package needs and the machine lacks. Mail servers conflict with
        # each other, so each is asked for by itself.
        # shellcheck disable=SC2207 # package names have no spaces
        all+=("$p" $(apt-get install -s --no-install-recommends "$p" 2>>"$state/apt.log" | awk '/^Inst/ {print $2}'))
    done
    # shellcheck disable=SC2207
    all=($(printf '%s\n' "${all[@]}" | sort -u))
    (cd "$state/deb" && apt-get download "${all[@]}" >>"$state/apt.log" 2>&1) || { cat "$state/apt.log" >&2; die "the packages could not be fetched"; }
    for p in "$state"/deb/*.deb; do dpkg -x "$p" "$root"; done
    rm -rf "$state/deb"
    printf '%s' "$want" >"$mark"
    say "unpacked $(du -sh "$root" | cut -f1) of servers"
}

# fill FILE... writes templates to stdout with the places filled in.
fill() {
    sed -e "s|@STATE@|$state|g; s|@ROOT@|$root|g; s|@RUN@|$run|g; s|@ARCH@|$arch|g; s|@LAB@|$here|g; s|@LDPATH@|$LD_LIBRARY_PATH|g" "$@"
}

# keep NAME COMMAND... starts a server in a session of its own, with its output
# in a log, and notes its process.
keep() {
    local name=$1
    shift
    setsid "$@" >>"$run/log/$name.log" 2>&1 </dev/null &
    echo $! >"$run/pid/$name"
}

# within COMMAND... runs a command that sees the unpacked /usr laid over the
# host's, and the users that its package would have made.
# shellcheck disable=SC2016 # the inner shell expands
within='set -e; root=$1; run=$2; shift 2
mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr
mount --bind "$run/passwd" /etc/passwd
mount --bind "$run/group" /etc/group
mount --bind "$run/hosts" /etc/hosts
if [ -e /etc/resolv.conf ]; then mount --bind "$run/resolv.conf" "$(readlink -f /etc/resolv.conf)"; fi
exec "$@"'
make_users() {
    { cat /etc/passwd; grep -q ^Debian-exim: /etc/passwd || echo 'Debian-exim:x:8:8::/nonexistent:/usr/sbin/nologin'; } >"$run/passwd"
    { cat /etc/group; grep -q ^Debian-exim: /etc/group || echo 'Debian-exim:x:8:'; } >"$run/group"
    printf 'nameserver 127.9.0.53\noptions timeout:2 attempts:1\n' >"$run/resolv.conf"
    # Sendmail waits a minute where this machine has no full name.
    printf '127.0.0.1 localhost\n127.0.0.1 %s.sender.example %s\n' "$(uname -n)" "$(uname -n)" >"$run/hosts"
}
keep_within() {
    local name=$1
    shift
    keep "$name" unshare --mount bash -c "$within" lab "$root" "$run" "$@"
}

# await WHAT COMMAND... waits up to ten seconds for COMMAND to succeed.
await() {
    local what=$1 n
    shift
    for n in $(seq 200); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.05
    done
    say "$what does not answer"
    tail -n 20 "$run"/log/*.log >&2 || true
    stop
    exit 1
}

listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

start_dns() {
    local n
    for n in a b; do
        mkdir -p "$run/nsd-$n"
        fill "$here/dns/nsd-$n.conf" >"$run/nsd-$n.conf"
        keep "nsd-$n" "$root/usr/sbin/nsd" -d -c "$run/nsd-$n.conf"
    done
    for n in 1 2; do
        fill "$here/dns/unbound-$n.conf" >"$run/unbound-$n.conf"
        keep "unbound-$n" "$root/usr/sbin/unbound" -d -c "$run/unbound-$n.conf"
    done
}

start_ldap() {
    rm -rf "$run/ldap"
    mkdir -p "$run/ldap"
    fill "$here/ldap/slapd.conf" >"$run/slapd.conf"
    "$root/usr/sbin/slapadd" -f "$run/slapd.conf" -l "$here/ldap/people.ldif" >>"$run/log/slapd.log" 2>&1
    keep slapd "$root/usr/sbin/slapd" -d 0 -f "$run/slapd.conf" -h ldap://127.9.0.80:3890/
    await OpenLDAP listens 127.9.0.80 3890
}

stop_one() {
    local pid
    [ -e "$run/pid/$1" ] || return 0
    pid=$(cat "$run/pid/$1")
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 60); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.05
    done
    kill -9 "$pid" 2>/dev/null || true
    rm -f "$run/pid/$1"
}

start_dovecot() {
    # A mailbox that holds more than its quota of one byte.
    mkdir -p "$run/dovecot" "$run"/mail/full@quota.example/{cur,new,tmp}
    printf 'Subject: full\n\nThis mailbox is full.\n' >"$run/mail/full@quota.example/new/1.lab"
    chown -R mail:mail "$run/mail"
    fill "$here/dovecot/dovecot.conf" >"$run/dovecot.conf"
    fill "$here/dovecot/users" >"$run/dovecot-users"
    chmod 644 "$run/dovecot-users"
    keep_within dovecot /usr/sbin/dovecot -F -c "$run/dovecot.conf"
}

start_exim() {
    mkdir -p "$run/exim"
    chown mail:mail "$run/exim"
    fill "$here/exim/exim.conf" >"$run/exim.conf"
    chown root:root "$run/exim.conf"
    chmod 644 "$run/exim.conf"
    keep_within exim /usr/sbin/exim4 -bdf -q1h -C "$run/exim.conf"
}

start_postfix() {
    local n
    for n in 1 2; do run_postfix "postfix-$n" "$here/postfix/master-$n.cf" "$here/postfix/main.cf" "$here/postfix/main-$n.cf"; done
}

# run_postfix NAME MASTER MAIN... starts an instance. No setting may stand in two
# of the files: the warnings about it come before there is anybody who logs them.
run_postfix() {
    local name=$1 master=$2 dir=$run/$1 f kind
    shift 2
    mkdir -p "$dir/etc" "$dir/data" "$dir/queue/etc"
    fill "$here/postfix/base.cf" "$@" >"$dir/etc/main.cf"
    fill "$here/postfix/master.cf" "$master" >"$dir/etc/master.cf"
    cp "$here"/postfix/maps/* "$dir/etc/"
    for f in "$dir"/etc/*.ldap; do fill "$f" >"$f.new" && mv "$f.new" "$f"; done
    sed "s|@ROOT@|$root|" "$root/etc/postfix/postfix-files" 2>/dev/null >"$dir/etc/postfix-files" || :
    cp -r "$root/usr/share/postfix/." "$run/postfix-meta" 2>/dev/null || true
    for kind in ldap sqlite mysql pgsql; do printf '%s postfix-%s.so dict_%s_open\n' "$kind" "$kind" "$kind"; done >"$dir/etc/dynamicmaps.cf"
    chown -R mail "$dir/data"
    # smtpd runs chrooted to the queue: its resolver is the lab's.
    cp "$run/resolv.conf" "$dir/queue/etc/resolv.conf"
    printf '127.0.0.1 localhost\n' >"$dir/queue/etc/hosts"
    printf 'hosts: files dns\n' >"$dir/queue/etc/nsswitch.conf"
    cp /etc/services "$dir/queue/etc/services" 2>/dev/null || true
    prepare_queue "$dir/queue"
    (cd "$dir/queue" && keep "$name" "$root/usr/lib/postfix/sbin/master" -c "$dir/etc" -s)
}

# start_senders starts the hosts that write to the others. Their mailboxes are
# Maildirs below sent/.
start_senders() {
    [ -e "$run/pid" ] || die "start the lab first"
    mkdir -p "$run"/sent/{postfix,sendmail} "$run"/sent/exim/c0{0..9}{0..9} "$run/sender-exim"
    printf '%s\n' c0{0..9}{0..9} | sed 's|.*|&@postfix.sender.example &/\n&@gone.example &/|' >"$run/sent/boxes"
    chown -R mail:mail "$run/sent" "$run/sender-exim"
    run_postfix sender-postfix "$here/senders/postfix-master.cf" "$here/senders/postfix.cf"
    fill "$here/senders/exim.conf" >"$run/sender-exim.conf"
    chmod 644 "$run/sender-exim.conf"
    keep_within sender-exim /usr/sbin/exim4 -bdf -q1s -C "$run/sender-exim.conf"
    # Sendmail has one name and one address for all that it sends, so that there
    # is a host for each client that the lab's hosts refuse.
    run_sendmail sender-sendmail 127.9.4.3 127.9.4.3 sendmail.sender.example
    run_sendmail sender-sendmail-helo 127.9.4.4 127.9.4.3 gone.lab.example
    run_sendmail sender-sendmail-norev 127.9.4.5 127.9.3.1 sendmail.sender.example
    run_sendmail sender-sendmail-badrev 127.9.4.6 127.9.3.3 sendmail.sender.example
    run_sendmail sender-sendmail-listed 127.9.4.7 127.9.3.2 sendmail.sender.example
    await "the sending Postfix" listens 127.9.4.1 2525
    await "the sending Exim" listens 127.9.4.2 2525
    for f in 3 4 5 6 7; do await "the sending Sendmail" listens 127.9.4.$f 2525; done
    say "all senders are up"
}

# run_sendmail NAME LISTEN FROM HOSTNAME starts a Sendmail.
run_sendmail() {
    local dir=$run/$1 f
    mkdir -p "$dir/queue"
    chmod 700 "$dir/queue"
    for f in mailertable access; do fill "$here/senders/sendmail.$f" >"$dir/$f"; done
    printf 'hosts dns\naliases files\n' >"$dir/service.switch"
    printf '127.0.0.1 localhost\n' >"$dir/hosts"
    fill "$here/senders/sendmail.mc" | sed "s|@DIR@|$1|g; s|@LISTEN@|$2|g; s|@FROM@|$3|g; s|@NAME@|$4|g" >"$dir/sendmail.mc"
    (cd "$root/usr/share/sendmail/cf" && PATH=$root/usr/bin:$PATH m4 -D_CF_DIR_="$root/usr/share/sendmail/cf/" "$root/usr/share/sendmail/cf/m4/cf.m4" "$dir/sendmail.mc") \
        >"$dir/sendmail.cf" 2>>"$run/log/$1.log"
    keep_within "$1" /usr/libexec/sendmail/sendmail -C "$dir/sendmail.cf" -bD -q1s
}

# prepare_queue makes the folders that "postfix start" would make.
prepare_queue() {
    local d
    for d in active bounce corrupt defer deferred flush hold incoming private saved trace; do
        mkdir -p "$1/$d"
        chown mail "$1/$d"
        chmod 700 "$1/$d"
    done
    mkdir -p "$1/maildrop" "$1/public" "$1/pid"
    chown mail:uucp "$1/maildrop" "$1/public"
    chmod 730 "$1/maildrop"
    chmod 710 "$1/public"
    chown root "$1/pid"
}

make_certificates() {
    mkdir -p "$run/tls"
    (cd "$run/tls" && "$run/bin/labcert")
}

start() {
    build
    [ "$(id -u)" = 0 ] || die "starting Postfix needs root"
    if [ -e "$run/pid" ]; then stop; fi
    rm -rf "$run"
    mkdir -p "$run/log" "$run/pid" "$run/bin"
    chmod 755 "$state" "$run"
    (cd "$here" && go build -o "$run/bin/" ./greylist ./labcert)
    make_users
    make_certificates
    start_dns
    start_ldap
    start_dovecot
    start_exim
    keep greylist "$run/bin/greylist" -listen 127.9.0.60:10023 -delay 1s
    keep greylist-long "$run/bin/greylist" -listen 127.9.0.60:10024 -delay 1h
    await NSD listens 127.9.0.51 53
    await Unbound listens 127.9.0.53 53
    start_postfix
    await Dovecot listens 127.9.0.70 12340
    await Exim listens 127.9.2.1 2525
    await "the greylisting server" listens 127.9.0.60 10023
    await Postfix listens 127.9.1.1 2525
    await "the second Postfix" listens 127.9.1.101 2525
    say "all servers are up"
}

stop() {
    local f
    for f in "$run"/pid/*; do
        [ -e "$f" ] && stop_one "$(basename "$f")" &
    done
    wait
    rm -rf "$run/pid"
}

case $command in
build) build ;;
start) start ;;
senders) start_senders ;;
stop) stop ;;
ldap)
    case ${3:-} in
    up) start_ldap ;;
    down) stop_one slapd ;;
    *) die "ldap DIR up|down" ;;
    esac
    ;;
within)
    shift 2
    make_users
    unshare --mount bash -c "$within" lab "$root" "$run" "$@"
    ;;
logs) cat "$run"/log/postfix-*.log "$run"/exim/mainlog ;;
*) die "there is no command $command" ;;
esac
