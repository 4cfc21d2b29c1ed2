package diagnose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMXFindingsAreDocumented(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "docs", "mx.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		keySplitDNS, keyMXInvalid, keyResolverFails, keyAuthorityFails, keyDelegation, keyPreference, keyImplicit, keyUnresolved,
	} {
		if !strings.Contains(string(raw), "| `"+key+"` |") {
			t.Errorf("docs/mx.md does not explain the finding %s", key)
		}
	}
}
