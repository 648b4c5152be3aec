import { Secret, TOTP } from 'otpauth';

/** Time-based codes of RFC 6238: six digits, 30 seconds, SHA-1, which is what every authenticator app speaks. */
const period = 30;
const settings = { algorithm: 'SHA1', digits: 6, period } as const;

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that an authenticator app reads, as text or as a QR code. */
export const totpUri = (secret: string, username: string, issuer: string): string =>
  new TOTP({ ...settings, issuer, label: username, secret: Secret.fromBase32(secret) }).toString();

/**
 * The time step of a right code, or null. One step either way is allowed for clocks that differ. A step at or before
 * `lastStep` is refused: a code that somebody saw being typed is worth nothing.
 */
export function stepOf(secret: string, code: string, at: Date, lastStep: number): number | null {
  const token = code.normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = new TOTP({ ...settings, secret: Secret.fromBase32(secret) }).validate({
    token,
    timestamp: at.getTime(),
    window: 1,
  });
  if (delta === null) return null;
  const step = Math.floor(at.getTime() / 1000 / period) + delta;
  return step > lastStep ? step : null;
}
