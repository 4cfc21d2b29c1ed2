package main

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packedLog is one refusal, packed by bzip2.
const packedLog = "425a68393141592653593f2c4db000001f5f800010400bff3f4a03fe0a3f7fdfc03000ad586a6a9e9a9e14d3469a69b500007a1a43c8822834003d40" +
	"0000000006a7a5194f519e946868d3400069a00d34d09ccb2020fe346ebae5ad8c87e3c5496aa926c87b458662102aca35154b2a31873d13a401d115" +
	"0d43994c9823a8533f6ded12cfb4487e0d4634273a8aabb86b5bb5faae419faf9acf6227a5d3b51a6fe660f75af4cbd011af4cca06db1133c423ca28" +
	"0563a0c554f1fac987772bc5858de405e7305f4b5f90516ddcb30c630882089ca44502e099610b6099ec8dff24eae2a9689845858201015392283f17" +
	"72453850903f2c4db0"

// TestPackedLogs reads what can be read, and says of the rest how to unpack it.
func TestPackedLogs(t *testing.T) {
	t.Chdir(t.TempDir())
	packed, err := hex.DecodeString(packedLog)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, data string
		status     int
		out, errs  string
	}{
		{"mail.log.bz2", string(packed), exitDone, "1 recipient:unknown recipient-map", ""},
		{"mail.log.2.bz2", string(packed[:len(packed)-20]), exitPartial, "", "mail.log.2.bz2: "},
		{"mail.log.xz", "\xfd7zXZ\x00rest", exitPartial, "", "is packed by xz; unpack it: xzcat mail.log.xz | smtpdiag log -\n"},
		{"mail.log.zst", "\x28\xb5\x2f\xfdrest", exitPartial, "", "is packed by zstd; unpack it: zstdcat mail.log.zst | smtpdiag log -\n"},
	} {
		if err := os.WriteFile(filepath.Clean(c.name), []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		s, out, errs := testStreams(false)
		if status := execute(t.Context(), s, []string{"log", "-q", c.name}); status != c.status {
			t.Errorf("%s: exit status %d, %s", c.name, status, errs)
		}
		if !strings.HasPrefix(out.String(), c.out) || !strings.Contains(errs.String(), c.errs) {
			t.Errorf("%s: %q %q", c.name, out, errs)
		}
	}
}
