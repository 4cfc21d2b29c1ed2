package main

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// refusalLine is a line of a log.
const refusalLine = "Jan  4 09:40:01 mx1 postfix/smtpd[28411]: NOQUEUE: reject: RCPT from sender-gw.example.net[203.0.113.77]: 550 5.1.1 " +
	"<nosuch@example.com>: Recipient address rejected: User unknown in virtual mailbox table; from=<sender@example.net> " +
	"to=<nosuch@example.com> proto=ESMTP helo=<sender-gw.example.net>\n"

// packedLog is one refusal, packed by bzip2.
const packedLog = "425a68393141592653593f2c4db000001f5f800010400bff3f4a03fe0a3f7fdfc03000ad586a6a9e9a9e14d3469a69b500007a1a43c8822834003d40" +
	"0000000006a7a5194f519e946868d3400069a00d34d09ccb2020fe346ebae5ad8c87e3c5496aa926c87b458662102aca35154b2a31873d13a401d115" +
	"0d43994c9823a8533f6ded12cfb4487e0d4634273a8aabb86b5bb5faae419faf9acf6227a5d3b51a6fe660f75af4cbd011af4cca06db1133c423ca28" +
	"0563a0c554f1fac987772bc5858de405e7305f4b5f90516ddcb30c630882089ca44502e099610b6099ec8dff24eae2a9689845858201015392283f17" +
	"72453850903f2c4db0"

// xzLog and zstdLog are one refusal, packed by xz and by zstd.
const xzLog = "fd377a585a000004e6d6b4460200210116000000742fe5a3e0012700d85d00251849c20bb62944317db2c41aa3ea3e37f9be91b785e2a18b0989a598" +
	"6a41470584ca2222d62282a1d966bb585203e7a7e5bacbaf0c82c6ffc513fe57a857b2788d3f7f5f700a20e90de6d023df747af539e23b449c4719ca" +
	"daab1938b177952f7381b0d905bb9d3906f3449299f7c6962946a03be1b0079ef82f90ea6c5ebc888115e97f8f5ffe17dd41b946609f41554f57cfed" +
	"918dd37dfc44f2a067e579012d681b72d1c635ffec254382ec1b19fa109d45009f78e28183abf61e7d2ac023c93cc4fda6186421f46ab74ad60f6a36" +
	"cd992752cc000000ab2656544994d21e0001f401a8020000e6436dfbb1c467fb020000000004595a"

const zstdLog = "28b52ffd642800950600a28d2d24108d5807bbd50a2402fc849f144e53c60fc18fc9a05ee6b11f85e9a81b008b0800047034004e4b4b79e391d0f034" +
	"5d7b4e6fbadea9cb8ca66025c9abaf5a22c5272f3daace18718ee74a3304539f4ba13bb894ee84f0bdf2c62946ebb8736447069488a2cd8cb7d51673" +
	"c6307791c562295a5b6c2958025297d74a937cd5ae8a43c05cc84b2f7b4efe681c38ee6ab40f3bef1ee881181614ee22ad2d0309089caaa402559c54" +
	"dad35b25df98638b23605f7e7e080108004feb6010c4ca8372183a446cb020764b3664c14342450168e34212"

// TestPackedLogs reads packed logs, and says of one that is cut off that it is.
func TestPackedLogs(t *testing.T) {
	t.Chdir(t.TempDir())
	bytesOf := func(text string) string {
		data, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const refusal = "1 recipient:unknown recipient-map"
	bz2, xz, zst := bytesOf(packedLog), bytesOf(xzLog), bytesOf(zstdLog)
	for _, c := range []struct {
		name, data string
		status     int
		out, errs  string
	}{
		{"mail.log.bz2", bz2, exitDone, refusal, ""},
		{"mail.log.2.bz2", bz2[:len(bz2)-20], exitPartial, "", "mail.log.2.bz2: "},
		{"mail.log.xz", xz, exitDone, refusal, ""},
		{"twice.log.xz", xz + xz, exitDone, "2 recipient:unknown recipient-map", ""},
		{"mail.log.2.xz", xz[:len(xz)-40], exitPartial, "", "the packed file is cut off; what could be read of it is shown\n"},
		{"mail.log.3.xz", "\xfd7zXZ\x00rest", exitPartial, "", "mail.log.3.xz: cannot be read: "},
		{"mail.log.zst", zst, exitDone, refusal, ""},
		{"mail.log.2.zst", zst[:len(zst)-20], exitPartial, "", "the packed file is cut off (zstd: "},
	} {
		if strings.HasSuffix(c.name, ".zst") {
			if _, err := exec.LookPath("zstd"); err != nil {
				t.Logf("%s was not tried: %v", c.name, err)
				continue
			}
		}
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

// TestZstdMissing says how to unpack what cannot be unpacked here.
func TestZstdMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("PATH", t.TempDir())
	if err := os.WriteFile("mail.log.zst", []byte("\x28\xb5\x2f\xfdrest"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, _, errs := testStreams(false)
	status := execute(t.Context(), s, []string{"log", "mail.log.zst"})
	if want := "unpack it elsewhere: zstdcat mail.log.zst | smtpdiag log -\n"; status != exitPartial || !strings.Contains(errs.String(), want) {
		t.Errorf("exit status %d: %s", status, errs)
	}
}

// TestPackedBomb unpacks 64 MiB of nothing out of a few kilobytes, in a memory
// that does not follow the text.
func TestPackedBomb(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for range 64 {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, _, _ := testStreams(false)
	s.in = &packed
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if status := execute(t.Context(), s, []string{"log", "-"}); status != exitPartial {
		t.Errorf("exit status %d", status)
	}
	runtime.ReadMemStats(&after)
	if held := int64(after.HeapInuse) - int64(before.HeapInuse); held > 32<<20 {
		t.Errorf("%d bytes are held", held)
	}
}

// TestUTF16Log reads a log that some tool has saved as UTF-16, and says so.
func TestUTF16Log(t *testing.T) {
	for name, order := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		text, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(refusalLine + refusalLine)
		if err != nil {
			t.Fatal(err)
		}
		s, out, errs := testStreams(false)
		s.in = strings.NewReader(text)
		status := execute(t.Context(), s, []string{"log", "-q", "-"})
		if status != exitDone || !strings.HasPrefix(out.String(), "2 recipient:unknown recipient-map ") || !strings.Contains(errs.String(), "is UTF-16 text") {
			t.Errorf("%s endian: exit status %d: %s%s", name, status, out, errs)
		}
	}
}
