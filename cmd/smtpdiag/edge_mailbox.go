package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/diagnose"
)

// mailbox looks for the mailbox where the delivery agent of the address keeps
// it, and asks Dovecot where it delivers.
func (r *edgeRun) mailbox(ctx context.Context) {
	m := &r.c.Mailbox
	plan := diagnose.PlanMailbox(r.c)
	switch {
	case plan.Skipped != "":
		m.Skipped = plan.Skipped
	case plan.Dovecot:
		r.dovecot(ctx, &plan)
	default:
		path := plan.Path
		if plan.Account != "" {
			account, err := user.Lookup(plan.Account)
			if err != nil {
				m.Skipped = "there is no account " + plan.Account + " whose mailbox could be looked at"
				return
			}
			plan.UID = account.Uid
			if rest, inHome := strings.CutPrefix(path, "~/"); inHome {
				path = strings.TrimSuffix(account.HomeDir, "/") + "/" + rest
			}
		}
		r.lookAt(path, &plan)
	}
}

// lookAt looks at a mailbox: a Maildir where the path ends with a slash, else a
// file in mbox format.
func (r *edgeRun) lookAt(path string, plan *diagnose.MailboxPlan) {
	m := &r.c.Mailbox
	m.Command = commandText("ls", "-ld", path)
	maildir := strings.HasSuffix(path, "/")
	info, err := os.Stat(path)
	switch {
	case err == nil:
	case os.IsNotExist(err):
		m.NoEntry = true
		m.Output = newInputError(path, err).Error()
		return
	case os.IsPermission(err):
		m.Skipped = notRoot(path + " may not be looked at")
		return
	case maildir && isFile(strings.TrimSuffix(path, "/")):
		m.Wrong = fmt.Sprintf("The path ends with a slash, which means a Maildir, and %s is a file: %s cannot deliver there.", strings.TrimSuffix(path, "/"), plan.Agent)
		return
	default:
		m.Output = newInputError(path, err).Error()
		return
	}
	m.Exists = true
	owner, known := ownerOf(info)
	m.Output = strings.Join(strings.Fields(info.Mode().String()+" "+owner+" "+info.ModTime().UTC().Format("2006-01-02 15:04:05")+" "+path), " ")
	switch {
	case !maildir && info.IsDir():
		m.Wrong = fmt.Sprintf("%s is a folder, and the path has no slash at its end, which means a file in mbox format: %s cannot deliver there.", path, plan.Agent)
	case maildir && !exists(filepath.Join(path, "new")) && !emptyFolder(path):
		m.Wrong = fmt.Sprintf("%s is no Maildir: it has no folder new.", path)
	case known && plan.UID != "" && owner != plan.UID && plan.UID != "0" && !othersMayWrite(info):
		m.Wrong = fmt.Sprintf("%s belongs to user id %s, and %s delivers as %s.", path, owner, plan.Agent, plan.UID)
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// emptyFolder reports whether a folder has nothing in it yet, or cannot be read.
func emptyFolder(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return true
	}
	defer closeRead(f)
	names, err := f.Readdirnames(1)
	return err != nil || len(names) == 0
}

// othersMayWrite reports whether more than the owner may write, so that the
// delivery agent may by its group.
func othersMayWrite(info fs.FileInfo) bool { return info.Mode().Perm()&0o022 != 0 }

// dovecot asks Dovecot for the user and the quota, where its doveadm is here.
func (r *edgeRun) dovecot(ctx context.Context, plan *diagnose.MailboxPlan) {
	m, q := &r.c.Mailbox, &r.c.Quota
	address := strings.ToLower(r.c.Address)
	if strings.HasPrefix(address, "-") {
		m.Skipped = "the address begins with a dash, which doveadm would take for an option"
		return
	}
	m.Command = commandText("doveadm", "user", address)
	res := r.command(ctx, "", "doveadm", "user", address)
	switch {
	case res.err != "":
		m.Skipped = "mail goes to " + plan.Transport + ", and " + res.err + ", which would know the mailbox"
		return
	case res.status == exitNoUser:
		m.Unknown, m.Output = true, lastLine(res.errOut)
		return
	case res.status != 0:
		m.Skipped = notRoot("mail goes to " + plan.Transport + ", and doveadm failed: " + lastLine(res.errOut))
		return
	}
	m.Output = strings.TrimSpace(res.out)
	fields := tabFields(res.out)
	plan.UID, plan.Agent = fields["uid"], "Dovecot"
	output, command := m.Output, m.Command
	if path := dovecotPath(fields["mail"], fields["home"]); path != "" {
		r.lookAt(path, plan)
		m.Output = strings.TrimSpace(output + "\n" + m.Output)
		m.Command = command + "\n" + m.Command
	} else {
		m.Skipped = "doveadm knows the user and does not say where the mailbox is: " + oneLine(fields["mail"])
	}
	q.Command = commandText("doveadm", "-f", "tab", "quota", "get", "-u", address)
	res = r.command(ctx, "", "doveadm", "-f", "tab", "quota", "get", "-u", address)
	switch {
	case res.err != "":
		q.Skipped = res.err
	case res.status != 0:
		q.Skipped = notRoot("doveadm quota failed: " + lastLine(res.errOut))
	default:
		q.Output = strings.TrimSpace(res.out)
		q.Percent, q.Limited = quotaPercent(res.out)
	}
}

// exitNoUser is the exit status of doveadm(1) for a user that does not exist,
// EX_NOUSER of sysexits.h.
const exitNoUser = 67

// tabFields reads the lines "field<TAB>value" of "doveadm user".
func tabFields(out string) map[string]string {
	fields := map[string]string{}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); ok {
			fields[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return fields
}

// dovecotPath gives the path of a mail location such as
// "maildir:~/Maildir:INDEX=/var/index", "" where it is of another kind: only of
// Maildir and mbox it is plain what lies there.
func dovecotPath(location, home string) string {
	driver, rest, ok := strings.Cut(location, ":")
	path, _, _ := strings.Cut(rest, ":")
	if rest, inHome := strings.CutPrefix(path, "~"); inHome && home != "" {
		path = home + rest
	}
	switch {
	case !ok || !strings.HasPrefix(path, "/") || strings.Contains(path, "%"):
		return ""
	case driver == "maildir":
		return strings.TrimSuffix(path, "/") + "/"
	case driver == "mbox":
		return strings.TrimSuffix(path, "/") + "/" // the folder of all mboxes
	}
	return ""
}

// quotaPercent reads the table of "doveadm -f tab quota get": the last column is
// the share that is used, "-" where there is no limit.
func quotaPercent(out string) (percent int, limited bool) {
	for line := range strings.Lines(out) {
		columns := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		n, err := strconv.Atoi(columns[len(columns)-1])
		if err == nil && len(columns) >= 4 && columns[len(columns)-2] != "-" {
			percent, limited = max(percent, n), true
		}
	}
	return percent, limited
}
