/** Text in which no line ends between a number and its percent sign. */
export const Unparted = ({ text }: { text: string }) => (
  <>
    {text.split(/([\d.]{1,20} %)/).map((part, i) =>
      i % 2 === 0 ? (
        part
      ) : (
        <span key={i} class="whole">
          {part}
        </span>
      ),
    )}
  </>
);
