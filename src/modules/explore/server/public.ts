export { Pivot } from '../shapes.ts';
export { insertViews } from './views.ts';
