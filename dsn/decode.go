package dsn

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"golang.org/x/text/encoding/ianaindex"
)

// maxDecoded bounds what is decoded of one part. The text that explains a
// bounce comes first; nothing beyond this is read.
const maxDecoded = 1 << 20

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 section 6). What
// cannot be decoded is kept as far as it goes.
func decodeTransfer(body, encoding string) string {
	if len(encoding) < len("base64") {
		return body // "", "7bit", "8bit"
	}
	if i := strings.IndexAny(encoding, ";( \t"); i >= 0 {
		encoding = encoding[:i]
	}
	switch {
	case strings.EqualFold(encoding, "base64"):
		return decodeBase64(body)
	case strings.EqualFold(encoding, "quoted-printable"):
		if strings.IndexByte(body, '=') < 0 {
			return body
		}
		return decodeQuotedPrintable(body)
	}
	return body
}

// decodeBase64 skips every byte outside the alphabet, as RFC 2045 section 6.8
// asks, and stops at damage.
func decodeBase64(body string) string {
	if len(body) > 2*maxDecoded {
		body = body[:2*maxDecoded]
	}
	clean := make([]byte, 0, len(body))
	for i := range len(body) {
		c := body[i]
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			clean = append(clean, c)
		}
		if c == '=' && len(clean)%4 != 0 {
			// A padded group ends here; what follows is another one.
			for len(clean)%4 != 0 {
				clean = append(clean, 'A')
			}
		}
	}
	clean = clean[:len(clean)/4*4]
	out := make([]byte, base64.StdEncoding.DecodedLen(len(clean)))
	n, _ := base64.StdEncoding.Decode(out, clean) // the alphabet is clean: no error is left
	return strings.TrimRight(string(out[:n]), "\x00")
}

// toUTF8 decodes text from a charset. Text that is valid UTF-8 and has no
// escape sequences is kept whatever its label says; unknown and missing labels
// are guessed.
func toUTF8(s, label string) string {
	ascii := isASCII(s)
	// ISO-2022 is told by its escapes, and holds bytes of seven bits alone.
	escapes := ascii && strings.Contains(s, "\x1b$")
	if ascii && !escapes && !isUTF16(label) && !strings.EqualFold(label, "utf-7") {
		return s
	}
	if !escapes && !isUTF16(label) && utf8.ValidString(s) {
		return s
	}
	for _, try := range []string{label, guessCharset(s)} {
		if try == "" || strings.EqualFold(try, "us-ascii") || strings.EqualFold(try, "utf-8") {
			continue
		}
		if out, err := decodeCharset(try, []byte(s)); err == nil {
			return strings.ToValidUTF8(string(out[:min(len(out), 4*maxDecoded)]), "\uFFFD")
		}
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// decodeCharset makes UTF-8 of a text. Charsets under their registered names are
// decoded in one step; the library that knows the others by many more names
// reads through buffers, which are larger than most texts.
func decodeCharset(label string, s []byte) ([]byte, error) {
	if enc, err := ianaindex.MIME.Encoding(label); err == nil && enc != nil {
		return enc.NewDecoder().Bytes(s)
	}
	r, err := charset.Reader(label, bytes.NewReader(s))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func isUTF16(label string) bool {
	return len(label) >= 5 && strings.EqualFold(label[:min(6, len(label))], "utf-16")
}

func isASCII(s string) bool {
	const high = 0x80808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if (leading(s[i:])|leading(s[i+4:]))&high != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// guessCharset names a likely charset of bytes that are not UTF-8: ISO-2022-JP
// by its escapes, Shift_JIS and EUC-JP by their byte pairs, else Windows-1252,
// of which ISO-8859-1 is a part.
func guessCharset(s string) string {
	if strings.Contains(s, "\x1b$B") || strings.Contains(s, "\x1b$@") || strings.Contains(s, "\x1b(J") {
		return "iso-2022-jp"
	}
	sjis, euc, high := 0, 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if i+1 >= len(s) {
			break
		}
		d := s[i+1]
		switch {
		case (c == 0x82 || c == 0x83) && d >= 0x40 && d != 0x7f: // kana in Shift_JIS
			sjis++
			i++
		case (c == 0xa4 || c == 0xa5) && d >= 0xa1: // kana in EUC-JP
			euc++
			i++
		case c >= 0xa1 && d >= 0xa1:
			i++
		}
	}
	switch {
	case sjis > 2 && sjis > euc:
		return "shift_jis"
	case euc > 2:
		return "euc-jp"
	case high > 0:
		return "windows-1252"
	}
	return ""
}
