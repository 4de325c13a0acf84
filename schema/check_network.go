package schema

import (
	"net/netip"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// block reads a block of addresses: no leading zeros, no IPv4 within IPv6, and no
// bits beyond its length.
func block(s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(s)
	return p, err == nil && !p.Addr().Is4In6() && p == p.Masked()
}

// checkCIDR: a block of addresses such as 10.0.0.0/8.
func checkCIDR(k *call) {
	if _, ok := block(k.node.Text); !ok {
		k.fail(k.node, "%s %s must be a block of addresses such as 10.0.0.0/8, without bits beyond its length", k.name(k.node), quoted(k.node))
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

const sourceRangesKey = "service.beta.kubernetes.io/load-balancer-source-ranges"

// checkSourceRanges: the annotation that once held the source ranges of a load
// balancer, where the field does not: blocks of addresses, joined with commas.
// Spaces around them do not count, neither in the annotation nor in the field.
func checkSourceRanges(k *call) {
	ranges := k.get("spec.loadBalancerSourceRanges").node
	if ranges != nil && ranges.Kind == manifest.Sequence && len(ranges.Items) > 0 {
		for _, n := range ranges.Items {
			if _, ok := block(strings.TrimSpace(textOf(n))); !ok {
				k.fail(n, "%s %s must be a block of addresses such as 10.0.0.0/8", k.name(n), quoted(n))
			}
		}
		return
	}
	annotations := k.get("metadata.annotations").node
	if annotations == nil || annotations.Kind != manifest.Mapping {
		return
	}
	n := annotations.Get(sourceRangesKey)
	if n == nil {
		return
	}
	if k.get("spec.type").value().text != "LoadBalancer" {
		k.fail(n, "the annotation %s is for services of type LoadBalancer", sourceRangesKey)
		return
	}
	text := strings.TrimSpace(textOf(n))
	if text == "" {
		return
	}
	for _, part := range strings.Split(text, ",") {
		if _, ok := block(strings.TrimSpace(part)); !ok {
			k.fail(n, "the annotation %s must list blocks of addresses such as 10.0.0.0/8, and %s is none", sourceRangesKey, quote(part))
			return
		}
	}
}
