import { helpText } from './settings-table.ts';

process.stdout.write(helpText());
