package schema

import (
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// formats are the formats of strings that the server enforces in a custom
// resource, without their dashes. What credit cards and books are called is not
// judged. = kube-openapi/pkg/validation/strfmt
var formats = map[string]func(string) bool{
	"bsonobjectid": like(`^[0-9a-fA-F]{24}$`),
	"byte":         like(`^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$`),
	"cidr":         func(s string) bool { _, _, err := net.ParseCIDR(shortened(s)); return err == nil },
	"creditcard":   func(string) bool { return true },
	"date":         isDate,
	"datetime":     isDateTime,
	"duration":     isDuration,
	"email":        func(s string) bool { a, err := mail.ParseAddress(s); return err == nil && a.Address != "" },
	"hexcolor":     like(`^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`),
	"hostname":     isHostname,
	"ipv4":         func(s string) bool { return net.ParseIP(shortened(s)) != nil && strings.Contains(s, ".") },
	"ipv6":         func(s string) bool { return net.ParseIP(shortened(s)) != nil && strings.Contains(s, ":") },
	"isbn":         func(string) bool { return true },
	"isbn10":       func(string) bool { return true },
	"isbn13":       func(string) bool { return true },
	"k8slongname":  like(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`),
	"k8sshortname": like(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`),
	"mac":          func(s string) bool { _, err := net.ParseMAC(s); return err == nil },
	"password":     func(string) bool { return true },
	"rgbcolor":     like(`^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$`),
	"ssn":          like(`^\d{3}[- ]\d{2}[- ]\d{4}$`),
	"uri":          func(s string) bool { _, err := url.ParseRequestURI(s); return err == nil },
	"uuid":         uuid(`[0-9a-f]`, `[0-9a-f]`),
	"uuid3":        uuid(`3`, `[0-9a-f]`),
	"uuid4":        uuid(`4`, `[89ab]`),
	"uuid5":        uuid(`5`, `[89ab]`),
}

// like is a format that a pattern says; it is compiled when it is first needed.
func like(pattern string) func(string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
	return func(s string) bool { return compiled().MatchString(s) }
}

func uuid(version, variant string) func(string) bool {
	return like(`(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?` + version + `[0-9a-f]{3}-?` + variant + `[0-9a-f]{3}-?[0-9a-f]{12}$`)
}

var zeros = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|\.)0+(\d)`) })

// shortened is an address of IPv4 without leading zeros, which a format allows.
func shortened(s string) string { return zeros().ReplaceAllString(s, "$1$2") }

func isDate(s string) bool { _, err := time.Parse("2006-01-02", s); return err == nil }

var clock = like(`^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(.[0-9]+)?(z|[+-]\d\d:\d\d)$`)

// isDateTime: 60 is no second, and a zone has to be there.
func isDateTime(s string) bool {
	parts := strings.Split(strings.ToLower(s), "t")
	return len(parts) > 1 && isDate(parts[0]) && clock(parts[1])
}

var (
	host        = like(`^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$`)
	unitAmounts = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d+\s*([A-Za-zµ]+)`) })
)

func isHostname(s string) bool {
	if len(s) > 255 || !host(s) {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if len(label) > 63 {
			return false
		}
	}
	return true
}

var (
	units     = []string{"ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"}
	longUnits = []string{"nano", "micro", "milli", "sec", "min", "hour", "day", "week"}
)

// isDuration: 1h30m, or unitAmounts of units such as "22 seconds" anywhere in it.
func isDuration(s string) bool {
	if _, err := time.ParseDuration(s); err == nil {
		return true
	}
	for _, m := range unitAmounts().FindAllStringSubmatch(s, -1) {
		unit := strings.ToLower(m[1])
		if slices.Contains(units, unit) || slices.ContainsFunc(longUnits, func(long string) bool { return strings.HasPrefix(unit, long) }) {
			return true
		}
	}
	return false
}
