import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** The tab among those of dispatch. */
export function ForecastsTab() {
  return <NavLink to="/dispatch/forecasts">{useText(text).title}</NavLink>;
}
