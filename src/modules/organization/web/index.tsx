import { defineWebModule } from '#core/web/module.ts';
import { organization } from '../contract.ts';

export default defineWebModule(organization, {});
