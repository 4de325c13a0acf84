package schema

import (
	"net/netip"
	"strings"
)

// block reads a block of addresses: no leading zeros, no IPv4 within IPv6, and no
// bits beyond its length.
func block(s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(s)
	return p, err == nil && !p.Addr().Is4In6() && p == p.Masked()
}

// checkCIDR: a block of addresses such as 10.0.0.0/8, spaces around it aside.
// With a separator there are several in one string, or none.
func checkCIDR(k *call) {
	text := strings.TrimSpace(k.node.Text)
	separator := k.option("separator")
	if separator == "" {
		separator = "\n" // which no block holds
	} else if text == "" {
		return
	}
	for _, part := range strings.Split(text, separator) {
		if _, ok := block(strings.TrimSpace(part)); !ok {
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
	all, ok := block(textOf(k.node.Get("cidr")))
	if !ok {
		return
	}
	for _, n := range items(k.node, "except") {
		p, ok := block(textOf(n))
		if ok && (!all.Contains(p.Addr()) || all.Bits() >= p.Bits()) {
			k.fail(n, "%s must be a part of %s", quoted(n), all)
		}
	}
}
