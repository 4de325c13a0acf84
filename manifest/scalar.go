package manifest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// The rules by which the API server reads a scalar: go.yaml.in/yaml/v2 decodes
// it (YAML 1.1 with exceptions), then sigs.k8s.io/yaml writes it as JSON.

// A scalar is a resolved value before it becomes a node: text is JSON, except
// for strings, and kind says what the server decodes it to.
type scalar struct {
	kind Kind
	text string
	// float holds the number where it was decoded as a floating-point one,
	// also when JSON then writes it as an integer.
	float   float64
	isFloat bool
}

const tagPrefix = "tag:yaml.org,2002:"

// resolveTagged resolves a scalar with an explicit tag in its long or short
// form. Quotes make no difference then: !!int "3" is 3.
func resolveTagged(tag, s string) (scalar, error) {
	short, standard := strings.CutPrefix(tag, "!!")
	if !standard {
		short, standard = strings.CutPrefix(tag, tagPrefix)
	}
	if !standard {
		return scalar{kind: String, text: s}, nil
	}
	switch short {
	case "str":
		return scalar{kind: String, text: s}, nil
	case "binary":
		data, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return scalar{}, errors.New("the !!binary value is not valid base64")
		}
		return scalar{kind: String, text: validUTF8(string(data))}, nil
	case "bool", "int", "float", "null", "timestamp":
	default: // a tag the server does not know keeps the text
		return scalar{kind: String, text: s}, nil
	}
	v, isTime := resolveUntagged(s, short == "timestamp")
	got := v.kind
	if got == Int && v.isFloat {
		got = Float
	}
	ok := false
	switch short {
	case "bool":
		ok = got == Bool
	case "int":
		ok = got == Int
	case "float":
		ok = got == Float
		if got == Int { // 3 becomes 3.0; a number above int64 stays refused
			if n, err := strconv.ParseInt(v.text, 10, 64); err == nil {
				v, ok = floatScalar(float64(n)), true
			}
		}
	case "null":
		ok = got == Null
	case "timestamp":
		ok = isTime
	}
	if !ok {
		return scalar{}, errors.New(strconv.Quote(s) + " cannot be read as !!" + short)
	}
	return v, nil
}

// resolvePlain resolves an unquoted scalar without a tag.
func resolvePlain(s string) scalar {
	v, _ := resolveUntagged(s, true)
	return v
}

// resolveUntagged finds out what s looks like. dates says whether a date is
// one, and so a string, or may also be a number; isTime whether it was one.
func resolveUntagged(s string, dates bool) (v scalar, isTime bool) {
	str := scalar{kind: String, text: s}
	if s == "" {
		return scalar{kind: Null, text: "null"}, false
	}
	switch c := s[0]; {
	case strings.IndexByte("yYnNtTfFoO~", c) >= 0:
		return word(s, str), false
	case c == '.':
		switch s {
		case ".nan", ".NaN", ".NAN":
			return floatScalar(math.NaN()), false
		case ".inf", ".Inf", ".INF":
			return floatScalar(math.Inf(1)), false
		}
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return floatScalar(f), false
		}
	case c >= '0' && c <= '9', c == '+', c == '-':
		switch s {
		case "+.inf", "+.Inf", "+.INF":
			return floatScalar(math.Inf(1)), false
		case "-.inf", "-.Inf", "-.INF":
			return floatScalar(math.Inf(-1)), false
		}
		if dates && isTimestamp(s) {
			return str, true
		}
		return number(s, str), false
	}
	return str, false
}

// word resolves the names of booleans and null.
func word(s string, otherwise scalar) scalar {
	switch s {
	case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return scalar{kind: Bool, text: "true"}
	case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return scalar{kind: Bool, text: "false"}
	case "~", "null", "Null", "NULL":
		return scalar{kind: Null, text: "null"}
	}
	return otherwise
}

// number resolves integers in the notations of Go (0x, 0o, 0b, and a leading 0
// for octal), underscores ignored, and decimal fractions. What overflows
// uint64 becomes a fraction, what overflows float64 a string.
func number(s string, otherwise scalar) scalar {
	plain := s
	if strings.IndexByte(s, '_') >= 0 {
		plain = strings.ReplaceAll(s, "_", "")
	}
	if n, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return scalar{kind: Int, text: strconv.FormatInt(n, 10)}
	}
	if n, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return scalar{kind: Int, text: strconv.FormatUint(n, 10)}
	}
	if isDecimal(plain) {
		if f, err := strconv.ParseFloat(plain, 64); err == nil {
			return floatScalar(f)
		}
	}
	// The decoder strips 0b itself as well, which lets a second sign through.
	if digits, ok := strings.CutPrefix(plain, "0b"); ok {
		if n, err := strconv.ParseInt(digits, 2, 64); err == nil {
			return scalar{kind: Int, text: strconv.FormatInt(n, 10)}
		}
	} else if digits, ok := strings.CutPrefix(plain, "-0b"); ok {
		if n, err := strconv.ParseInt("-"+digits, 2, 64); err == nil {
			return scalar{kind: Int, text: strconv.FormatInt(n, 10)}
		}
	}
	return otherwise
}

// isDecimal reports whether s is [-+]digits[.digits][e[-+]digits] with a digit
// before the exponent.
func isDecimal(s string) bool {
	i := 0
	skipSign := func() {
		if i < len(s) && (s[i] == '-' || s[i] == '+') {
			i++
		}
	}
	digits := func() bool {
		start := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i > start
	}
	skipSign()
	whole, fraction := digits(), false
	if i < len(s) && s[i] == '.' {
		i++
		fraction = digits()
	}
	if !whole && !fraction {
		return false
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		skipSign()
		if !digits() {
			return false
		}
	}
	return i == len(s)
}

// isTimestamp reports whether the decoder takes s for a date or time, which it
// then leaves as the string it is.
func isTimestamp(s string) bool {
	if len(s) < 6 || s[4] != '-' {
		return false
	}
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	for _, layout := range [...]string{
		"2006-1-2T15:4:5.999999999Z07:00",
		"2006-1-2t15:4:5.999999999Z07:00",
		"2006-1-2 15:4:5.999999999",
		"2006-1-2",
	} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// floatScalar writes f as encoding/json does: 3.0 is 3, 1e21 is 1e+21. JSON
// has no infinity and no NaN: the text is then "".
func floatScalar(f float64) scalar {
	v := scalar{kind: Float, float: f, isFloat: true}
	text, err := json.Marshal(f)
	if err != nil {
		return v
	}
	v.text = string(text)
	if !strings.ContainsAny(v.text, ".eE") {
		v.kind = Int
	}
	return v
}

// keyText is the string that a scalar becomes as a key of a mapping; false for
// those that the server refuses as keys.
func (v scalar) keyText() (string, bool) {
	switch {
	case v.isFloat:
		// As a 32-bit number, whatever its size.
		switch s := strconv.FormatFloat(v.float, 'g', -1, 32); s {
		case "+Inf":
			return ".inf", true
		case "-Inf":
			return "-.inf", true
		case "NaN":
			return ".nan", true
		default:
			return s, true
		}
	case v.kind == Null:
		return "", false
	case v.kind == Int:
		_, err := strconv.ParseInt(v.text, 10, 64)
		return v.text, err == nil
	}
	return v.text, true
}

// validUTF8 replaces each invalid byte as encoding/json does.
func validUTF8(s string) string { return string([]rune(s)) }
