import { openFile } from './table.js';

/** The button that opens a file. */
export const FilePicker = ({ label, primary = false }: { label: string; primary?: boolean }) => (
  <label class={`button file${primary ? ' primary' : ''}`}>
    {label}
    <input
      type="file"
      accept=".csv,.tsv,.txt,.data,text/csv,text/plain,text/tab-separated-values"
      onChange={(event) => {
        const file = event.currentTarget.files?.[0];
        event.currentTarget.value = '';
        if (file) openFile(file);
      }}
    />
  </label>
);
