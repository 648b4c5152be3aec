import { Input } from 'antd';
import type { ComponentProps, CSSProperties } from 'react';

/**
 * A text field that grows with its text. Use it instead of antd's `autoSize`, which measures in a hidden field that can
 * be tabbed to and sets a style attribute that the strict CSP refuses. The browser does the growing; where it cannot
 * (Firefox), the field keeps `minRows` and can be pulled larger.
 */
export function TextBox({
  minRows = 2,
  maxRows = 10,
  className,
  style,
  ...rest
}: ComponentProps<typeof Input.TextArea> & { minRows?: number; maxRows?: number }) {
  const rows = { '--min-rows': minRows, '--max-rows': maxRows } as CSSProperties;
  return (
    <Input.TextArea
      {...rest}
      rows={minRows}
      className={className ? `text-box ${className}` : 'text-box'}
      style={{ ...style, ...rows }}
    />
  );
}
