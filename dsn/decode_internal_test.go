package dsn

import (
	"bytes"
	"io"
	"testing"

	"github.com/emersion/go-message/charset"
)

// A charset that is decoded in one step gives what the library reads from it.
func TestDecodeCharset(t *testing.T) {
	var all []byte
	for i := range 256 {
		all = append(all, byte(i))
	}
	for _, in := range [][]byte{all, nil, []byte("plain"), []byte("caf\xe9 \x82\xa0\x82\xa2 \xa4\xa2\xa4\xa4 \xc4\xe3\xba\xc3"), []byte("\x1b$B$\"$$\x1b(B"), []byte("\xff\xfea\x00b\x00"), {0xe3, 0x81}} {
		for _, label := range []string{
			"", "us-ascii", "utf-8", "UTF8", "utf-7", "utf-16", "utf-16le", "UTF-16BE", "iso-8859-1", "ISO-8859-2", "iso-8859-8-i", "iso-8859-15", "latin1", "windows-1250", "Windows-1252", "cp1252", "cp-850",
			"koi8-r", "KOI8-U", "macintosh", "gb2312", "GBK", "gb18030", "hz-gb-2312", "big5", "shift_jis", "Shift-JIS", "sjis", "x-sjis", "cp932", "euc-jp", "iso-2022-jp", "ISO-2022-KR", "euc-kr", "ks_c_5601-1987", "tis-620",
			"ansi_x3.110-1983", "x-utf_8j", "unknown-8bit", "x-none", "iso-8859-1 ",
		} {
			got, err := decodeCharset(label, in)
			var want []byte
			r, wantErr := charset.Reader(label, bytes.NewReader(in))
			if wantErr == nil {
				want, wantErr = io.ReadAll(r)
			}
			if (err == nil) != (wantErr == nil) || err == nil && !bytes.Equal(got, want) {
				t.Errorf("%s: %q gives %q, %v; by the library %q, %v", label, in, got, err, want, wantErr)
			}
		}
	}
}
