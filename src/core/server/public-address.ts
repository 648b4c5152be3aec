import { lookup } from 'node:dns';
import { Agent } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are not the open internet: this machine, private and shared ones, links, multicast and reserved. Source: IANA special-purpose address registries (RFC 6890). */
const inner = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(network, bits, 'ipv6');

/** Whether an IP address lies in the open internet; what is no address does not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Finds a name's addresses like `dns.lookup`, but fails when one of them is not public. Asked at every connection, so a
 * name cannot be public when it is checked and private when it is called.
 */
export const lookupPublic: LookupFunction = (hostname, options, found) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const wrong = error ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
    const fault = error ?? (wrong ? new Error(`${hostname} is at ${wrong.address}, which is not public`) : null);
    if (fault || addresses.length === 0) found(fault ?? new Error(`${hostname} has no address`), '', 0);
    else if (options.all) found(null, addresses);
    else found(null, addresses[0]!.address, addresses[0]!.family);
  });

/** For requests to addresses that somebody outside the operation named. A host in numbers is not looked up: check it before. */
export const publicOnly = new Agent({ lookup: lookupPublic });
