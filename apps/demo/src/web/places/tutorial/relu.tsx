export const Relu = () => <section id="relu" />;
