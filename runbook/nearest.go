package runbook

import (
	"slices"
	"strings"
)

// maxNearest bounds the names that Nearest proposes.
const maxNearest = 4

// Nearest returns the names that a reader may have meant by a name that does
// not exist, the likeliest first: those that hold the same cause, and those that
// differ by a few letters.
func Nearest(name string, names []string) []string {
	name = strings.ToLower(name)
	limit := min(1+len(name)/4, 5)
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	for _, n := range names {
		distance := editDistance(name, n)
		if _, cause, ok := strings.Cut(n, ":"); ok {
			distance = min(distance, editDistance(name, cause))
		}
		if len(name) > 2 && strings.Contains(n, name) {
			distance = min(distance, 1)
		}
		if distance <= limit {
			found = append(found, candidate{n, distance})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	nearest := make([]string, 0, maxNearest)
	for i := range min(len(found), maxNearest) {
		nearest = append(nearest, found[i].name)
	}
	return nearest
}

// maxCompared bounds what editDistance looks at; names are far shorter.
const maxCompared = 64

// editDistance returns how many bytes must be changed, added or removed to make
// b of a (Levenshtein).
func editDistance(a, b string) int {
	a, b = a[:min(len(a), maxCompared)], b[:min(len(b), maxCompared)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
