package schema

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// An automaton matches a regular expression as regexp does, ten times as fast
// for the short ASCII strings of manifests: it is the expression's deterministic
// automaton, whose states are made when a string first leads to them. What it
// cannot do (other letters, word boundaries, very many states) regexp does.
//
// Example: for "^[a-z]+$" there are three states: before the first letter,
// after a letter (where the end matches), and lost.
type automaton struct {
	expr    string
	prog    *syntax.Prog
	classes [utf8.RuneSelf]uint8 // letters that no instruction tells apart share a class
	letters []rune               // one of each class

	mu     sync.Mutex
	states map[string]*state
	start  *state
	full   bool // no more states are made

	once sync.Once
	slow *regexp.Regexp
}

// A state is a set of instructions that the program may be at.
type state struct {
	at    []uint32
	next  [maxClasses]atomic.Pointer[state]
	done  bool // it has matched, whatever follows
	atEnd bool // it matches if the string ends here
}

const (
	maxStates  = 2000
	maxClasses = 32 // a power of two
)

func newAutomaton(expr string) *automaton {
	a := &automaton{expr: expr, states: map[string]*state{}}
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err == nil {
		a.prog, err = syntax.Compile(parsed.Simplify())
	}
	if err != nil || !a.classify() {
		a.full = true
		return a
	}
	a.start = a.state(a.closure([]uint32{uint32(a.prog.Start)}, syntax.EmptyBeginText))
	return a
}

func (a *automaton) match(s string) bool {
	at := a.start
	for i := 0; i < len(s) && at != nil && !at.done; i++ {
		if s[i] >= utf8.RuneSelf {
			at = nil
			break
		}
		class := a.classes[s[i]]
		next := at.next[class%maxClasses].Load()
		if next == nil {
			next = a.step(at, class)
		}
		at = next
	}
	if at == nil {
		a.once.Do(func() { a.slow = regexp.MustCompile(a.expr) })
		return a.slow.MatchString(s)
	}
	return at.done || at.atEnd
}

// classify sorts the ASCII letters by which instructions take them; false where
// the program asks for more than an automaton knows.
func (a *automaton) classify() bool {
	var kinds []*syntax.Inst
	seen := map[string]bool{}
	for i := range a.prog.Inst {
		in := &a.prog.Inst[i]
		switch in.Op {
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
				return false
			}
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if key := strconv.Itoa(int(in.Op)) + "/" + strconv.Itoa(int(in.Arg)) + string(in.Rune); !seen[key] {
				seen[key] = true
				kinds = append(kinds, in)
			}
		}
	}
	classes := map[string]uint8{}
	signature := make([]byte, len(kinds))
	for r := range rune(utf8.RuneSelf) {
		for i, in := range kinds {
			signature[i] = '0'
			if takes(in, r) {
				signature[i] = '1'
			}
		}
		class, ok := classes[string(signature)]
		if !ok {
			class = uint8(len(a.letters))
			classes[string(signature)] = class
			a.letters = append(a.letters, r)
		}
		a.classes[r] = class
	}
	return len(a.letters) <= maxClasses
}

func takes(in *syntax.Inst, r rune) bool {
	switch in.Op {
	case syntax.InstRuneAny:
		return true
	case syntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	return in.MatchRune(r)
}

// step makes the state after a letter of a class; nil where there are too many.
func (a *automaton) step(from *state, class uint8) *state {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.full {
		return nil
	}
	// A match may begin anywhere: what ^ does not hold at the start is tried
	// again after every letter.
	next := []uint32{uint32(a.prog.Start)}
	for _, pc := range from.at {
		in := &a.prog.Inst[pc]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if takes(in, a.letters[class]) {
				next = append(next, in.Out)
			}
		}
	}
	s := a.state(a.closure(next, 0))
	a.full = len(a.states) > maxStates
	from.next[class].Store(s)
	return s
}

// closure is where the program may be without another letter: all instructions
// that are reached from some, in order. Those that wait for the end of the text
// stay, unless holds says that it is there.
func (a *automaton) closure(from []uint32, holds syntax.EmptyOp) []uint32 {
	var out []uint32
	seen := map[uint32]bool{}
	for len(from) > 0 {
		pc := from[len(from)-1]
		from = from[:len(from)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch in := &a.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			from = append(from, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			from = append(from, in.Out)
		case syntax.InstEmptyWidth:
			if op := syntax.EmptyOp(in.Arg); op&^holds == 0 {
				from = append(from, in.Out)
			} else if op&^holds == syntax.EmptyEndText {
				out = append(out, pc)
			}
		case syntax.InstFail:
		default:
			out = append(out, pc)
		}
	}
	slices.Sort(out)
	return out
}

// state is the one with these instructions.
func (a *automaton) state(at []uint32) *state {
	key := make([]byte, 0, 4*len(at))
	for _, pc := range at {
		key = append(key, byte(pc), byte(pc>>8), byte(pc>>16), byte(pc>>24))
	}
	if s, ok := a.states[string(key)]; ok {
		return s
	}
	s := &state{at: at}
	isMatch := func(pc uint32) bool { return a.prog.Inst[pc].Op == syntax.InstMatch }
	s.done = slices.ContainsFunc(at, isMatch)
	s.atEnd = s.done || slices.ContainsFunc(a.closure(slices.Clone(at), syntax.EmptyEndText), isMatch)
	a.states[string(key)] = s
	return s
}
