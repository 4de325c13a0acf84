package schema

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// address reads an address of IPv4 without leading zeros, or of IPv6 that wraps
// none of IPv4; without a zone. What is sloppy may have the zeros and be wrapped
// (k8s.io/utils/net.ParseIPSloppy).
//
// Example: 010.0.0.1 and ::ffff:10.0.0.1 are both 10.0.0.1 if sloppy is true, and
// no address otherwise.
func address(s string, sloppy bool) (netip.Addr, bool) {
	if sloppy {
		s = withoutZeros(s)
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" || a.Is4In6() && !sloppy {
		return a, false
	}
	return a.Unmap(), true
}

// withoutZeros is an address without leading zeros in its decimal numbers.
func withoutZeros(s string) string {
	parts := strings.Split(s[strings.LastIndexByte(s, ':')+1:], ".")
	if len(parts) != 4 {
		return s
	}
	for i, p := range parts {
		if parts[i] = strings.TrimLeft(p, "0"); parts[i] == "" && p != "" {
			parts[i] = "0"
		}
	}
	return s[:strings.LastIndexByte(s, ':')+1] + strings.Join(parts, ".")
}

// strictSince is the first minor that asks for the canonical form of an address.
const strictSince = 33

// checkIP: an address. With endpoint it is one that packets can be sent to: not
// unspecified, of the host itself, of its link, or of all hosts of the link. With
// sloppy it is read as before Kubernetes 1.36, with canonical it has to be written
// as short as it can be, in lower case, since 1.33.
func checkIP(k *call) {
	a, ok := address(k.node.Text, slices.Contains(k.args, "sloppy"))
	switch {
	case !ok:
		k.fail(k.node, "%s %s must be an IP address such as 10.0.0.1 or fd00::1", k.name(k.node), quoted(k.node))
	case slices.Contains(k.args, "canonical") && k.c.opt.Minor >= strictSince && a.String() != k.node.Text:
		k.fail(k.node, "%s %s must be written %s", k.name(k.node), quoted(k.node), a)
	case !slices.Contains(k.args, "endpoint"):
	case a.IsUnspecified() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsLinkLocalMulticast():
		k.fail(k.node, "%s %s must be an address that other hosts can reach", k.name(k.node), quoted(k.node))
	}
}

// block reads a block of addresses: no leading zeros, no IPv4 within IPv6, and no
// bits beyond its length.
func block(s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(s)
	return p, err == nil && !p.Addr().Is4In6() && p == p.Masked()
}

// sloppyBlock reads a block as before Kubernetes 1.36: bits beyond its length do
// not count, nor do leading zeros (k8s.io/utils/net.ParseCIDRSloppy).
func sloppyBlock(s string) (netip.Prefix, bool) {
	addr, bits, _ := strings.Cut(s, "/")
	n, err := strconv.ParseUint(bits, 10, 8)
	if err != nil {
		return netip.Prefix{}, false
	}
	a, err := netip.ParseAddr(withoutZeros(addr))
	if err != nil || a.Zone() != "" || int(n) > a.BitLen() {
		return netip.Prefix{}, false
	}
	p, err := a.Prefix(int(n))
	return p, err == nil
}

// checkCIDR: a block of addresses such as 10.0.0.0/8, spaces around it aside.
// With a separator there are several in one string, or none. With sloppy it is
// read as before Kubernetes 1.36.
func checkCIDR(k *call) {
	text := strings.TrimSpace(k.node.Text)
	separator := k.option("separator")
	if separator == "" {
		separator = "\n" // which no block holds
	} else if text == "" {
		return
	}
	read := block
	if slices.Contains(k.args, "sloppy") {
		read = sloppyBlock
	}
	for _, part := range strings.Split(text, separator) {
		if _, ok := read(strings.TrimSpace(part)); !ok {
			k.fail(k.node, "%s %s must be a block of addresses such as 10.0.0.0/8, without bits beyond its length", k.name(k.node), quote(part))
			return
		}
	}
}

// checkIPBlock: what is excepted from a block lies in it and is smaller.
//
// Example: of 10.0.0.0/8, 10.1.0.0/16 may be excepted, but neither 11.0.0.0/16
// nor 10.0.0.0/8.
func checkIPBlock(k *call) {
	cidr := k.node.Get("cidr")
	all, ok := sloppyBlock(textOf(cidr))
	if !ok || k.c.isFaulty(cidr) {
		return
	}
	for _, n := range items(k.node, "except") {
		p, ok := sloppyBlock(textOf(n))
		if ok && !k.c.isFaulty(n) && (!all.Contains(p.Addr()) || all.Bits() >= p.Bits()) {
			k.fail(n, "%s must be a part of %s", quoted(n), all)
		}
	}
}
