/// <reference types="vite/client" />

declare module 'virtual:view.css';

declare module 'virtual:formulas' {
  import type { FormulaTemplates } from './build/formula-templates.js';

  const templates: FormulaTemplates;
  export default templates;
}

declare module 'virtual:versions' {
  const versions: Record<string, string>;
  export default versions;
}
