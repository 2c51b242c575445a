interface Props {
  /** What is read. */
  readonly shown: string;
  /** Every text that may come to stand here: the place is as large as the largest. */
  readonly among: readonly string[];
}

/** One of several texts, in the room that the largest of them takes: nothing moves when another is shown. */
export const Swap = ({ shown, among }: Props) => (
  <span class="swap">
    {[...new Set([...among, shown])].map((text) => (
      <span key={text} class={text === shown ? undefined : 'unseen'} aria-hidden={text !== shown}>
        {text}
      </span>
    ))}
  </span>
);
