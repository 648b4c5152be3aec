import { createHmac } from 'node:crypto';
import type { Words } from '#core/shared/words.ts';

/** What goes out to another system. */
export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}
export interface Message {
  id: string;
  kind: string;
  at: string;
  title: Words;
  text: Words;
  link: string;
}
export type WebhookFormat = 'guatu' | 'wecom' | 'dingtalk';

/**
 * A message as the receiver wants it. `guatu`: JSON with the header `x-guatu-signature: t=<unix seconds>,v1=<hex>`, the
 * HMAC-SHA256 of `<t>.<body>` under the secret, so that a copy sent later is known as old. `dingtalk`: its robots sign
 * the address (timestamp and base64 of HMAC-SHA256 of `<timestamp>\n<secret>` under the secret). `wecom`: its robots
 * carry their key in the address and sign nothing.
 */
export function outgoing(
  { url, secret, format }: { url: string; secret: string | null; format: WebhookFormat },
  message: Message,
  now: Date,
): Outgoing {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  const lines = `**${message.title.zh}**\n${message.text.zh}\n[打开](${message.link})`;
  if (format === 'wecom')
    return { url, headers, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: lines } }) };
  if (format === 'dingtalk') {
    const signed = new URL(url);
    if (secret) {
      const timestamp = now.getTime();
      signed.searchParams.set('timestamp', String(timestamp));
      signed.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
    }
    return {
      url: signed.href,
      headers,
      body: JSON.stringify({ msgtype: 'markdown', markdown: { title: message.title.zh, text: lines } }),
    };
  }
  const body = JSON.stringify(message);
  if (secret) {
    const t = Math.floor(now.getTime() / 1000);
    headers['x-guatu-signature'] = `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
  }
  return { url, headers, body };
}
