import { type DrawInteger, randomIntegers } from '../src/split/random.js';

// Files in the shape of public tables, with invented numbers: what is odd about each file is kept, and nothing of its content.

const pick = <T>(draw: DrawInteger, list: readonly T[]): T => list[draw(0, list.length - 1)];
const decimal = (draw: DrawInteger, low: number, high: number, digits = 1): string =>
  (draw(low * 10 ** digits, high * 10 ** digits) / 10 ** digits).toFixed(digits);
const table = (
  rows: number,
  seed: number,
  row: (draw: DrawInteger, i: number) => readonly (string | number)[],
) => {
  const draw = randomIntegers(seed);
  return Array.from({ length: rows }, (_, i) => row(draw, i));
};
const lines = (rows: readonly (readonly (string | number)[])[], separator: string, end = '\n') =>
  rows.map((cells) => cells.join(separator) + end).join('');

/** Pima: blood pressure, insulin and others are 0 where they were not measured; the label is 0 or 1, last. */
export const pima = (): string =>
  `Pregnancies,Glucose,BloodPressure,SkinThickness,Insulin,BMI,DiabetesPedigreeFunction,Age,Outcome\n${lines(
    table(300, 1, (draw) => {
      const ill = draw(0, 2) === 0;
      const measured = draw(0, 3) > 0;
      return [
        ...[draw(0, 12), draw(ill ? 110 : 75, ill ? 199 : 150), measured ? draw(50, 110) : 0],
        ...[measured ? draw(10, 60) : 0, draw(0, 1) ? draw(20, 600) : 0, decimal(draw, 19, 55)],
        ...[decimal(draw, 0, 2, 3), draw(21, 80), ill ? 1 : 0],
      ];
    }),
    ',',
  )}`;

/** Wine quality: separated by semicolons, names in quotes, a fifth of the rows repeated; the label is a whole number, last. */
export const wineQuality = (): string => {
  const rows = table(400, 2, (draw) => [
    ...[decimal(draw, 5, 15), decimal(draw, 0, 1, 2), decimal(draw, 0, 1, 2), decimal(draw, 1, 15)],
    ...[decimal(draw, 0, 1, 3), draw(1, 70), draw(6, 280), `0.99${draw(100, 999)}`, decimal(draw, 9, 14)],
    draw(0, 9) === 0 ? draw(3, 8) : draw(5, 6),
  ]);
  const again = rows.slice(0, 80);
  const names = ['fixed acidity', 'volatile acidity', 'citric acid', 'residual sugar', 'chlorides']
    .concat(['free sulfur dioxide', 'total sulfur dioxide', 'density', 'alcohol', 'quality'])
    .map((name) => `"${name}"`);
  return `${names.join(';')}\n${lines([...rows, ...again], ';')}`;
};

/** Adult: no header, a space after every comma, `?` for missing. */
export const adult = (): string =>
  lines(
    table(500, 3, (draw) => {
      const rich = draw(0, 3) === 0;
      return [
        ...[draw(17, 90), pick(draw, ['Private', 'State-gov', 'Self-emp-inc', '?']), draw(20_000, 900_000)],
        ...[pick(draw, ['Bachelors', 'HS-grad', '11th', 'Masters']), draw(1, 16)],
        ...[pick(draw, ['Never-married', 'Divorced', 'Married-civ-spouse']), pick(draw, ['Male', 'Female'])],
        ...[
          draw(0, 12) === 0 ? draw(1000, 99_999) : 0,
          draw(10, 99),
          pick(draw, ['United-States', 'Cuba', '?']),
        ],
        rich ? '>50K' : '<=50K',
      ];
    }),
    ', ',
  );

/** Titanic: an id, names with commas in quotes, ages with gaps, cabins mostly empty; the label is the second column. */
export const titanic = (): string =>
  `PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Fare,Cabin,Embarked\n${lines(
    table(300, 4, (draw, i) => {
      const sex = pick(draw, ['male', 'female']);
      const name = `"Name${i}, ${sex === 'male' ? 'Mr.' : 'Mrs.'} Ada ""Any"" ${draw(0, 99)}"`;
      return [
        ...[i + 1, draw(0, 9) < (sex === 'female' ? 7 : 2) ? 1 : 0, draw(1, 3), name, sex],
        ...[draw(0, 4) === 0 ? '' : decimal(draw, 1, 75), draw(0, 3), decimal(draw, 5, 90, 4)],
        ...[draw(0, 4) === 0 ? `C${draw(1, 99)}` : '', draw(0, 99) === 0 ? '' : pick(draw, ['S', 'C', 'Q'])],
      ];
    }),
    ',',
    '\r\n',
  )}`;

/** Mushrooms: letters only, the class first, `?` for missing. */
export const mushrooms = (): string =>
  `class,cap-shape,cap-color,odor,stalk-root,ring-type,habitat\n${lines(
    table(400, 5, (draw) => {
      const bad = draw(0, 1) === 0;
      return [
        ...[bad ? 'p' : 'e', pick(draw, ['x', 'b', 'f', 's']), pick(draw, ['n', 'y', 'w', 'g', 'e'])],
        ...[pick(draw, bad ? ['f', 'p', 'n', 'c'] : ['n', 'a', 'l']), pick(draw, ['e', 'c', 'b', '?'])],
        ...[pick(draw, ['p', 'n', 'e']), pick(draw, ['u', 'g', 'm', 'd'])],
      ];
    }),
    ',',
  )}`;

/** The Wisconsin breast cancer table: no header, an id, the label M or B, then numbers. */
export const wdbc = (): string =>
  lines(
    table(300, 6, (draw) => {
      const bad = draw(0, 2) === 0;
      const size = draw(70, 150) / 10 + (bad ? 5 : 0);
      const numbers = [size, size * 6.5, size * size * 3.1, draw(500, 1600) / 1e4, draw(200, 3400) / 1e4];
      return [draw(8000, 911_320_502), bad ? 'M' : 'B', ...numbers.map((value) => value.toPrecision(4))];
    }),
    ',',
  );

/** AirQuality: semicolons, decimal commas, −200 for missing, two separators too many in every line, and empty rows at the end. */
export const airQuality = (): string =>
  `Date;Time;CO(GT);PT08.S1(CO);NMHC(GT);C6H6(GT);T;RH;AH;;\r\n${lines(
    table(240, 7, (draw, i) => [
      ...[
        `${String(10 + (Math.floor(i / 24) % 20)).padStart(2, '0')}/03/2004`,
        `${String(i % 24).padStart(2, '0')}.00.00`,
      ],
      ...(draw(0, 5) === 0 ? ['-200', -200] : [decimal(draw, 0, 6).replace('.', ','), draw(800, 1900)]),
      ...[draw(0, 9) < 8 ? -200 : draw(20, 400), decimal(draw, 1, 30).replace('.', ',')],
      ...[decimal(draw, 2, 30).replace('.', ','), decimal(draw, 20, 80).replace('.', ',')],
      ...[decimal(draw, 0, 2, 4).replace('.', ','), '', ''],
    ]),
    ';',
    '\r\n',
  )}${`${';'.repeat(10)}\r\n`.repeat(30)}`;

/** Soybean: nineteen classes of very different size, codes as features, `?` for missing. */
export const soybean = (): string =>
  `class,date,plant-stand,precip,temp,hail,crop-hist,leaves\n${lines(
    table(400, 8, (draw, i) => [
      `disease-${i < 38 ? (i % 19) + 1 : Math.min(draw(1, 19), draw(1, 19))}`,
      ...[draw(0, 6), draw(0, 1), draw(0, 2), draw(0, 2)].map((code) => (draw(0, 15) === 0 ? '?' : code)),
      ...[draw(0, 1), draw(0, 3), draw(0, 1)].map((code) => (draw(0, 15) === 0 ? '?' : code)),
    ]),
    ',',
  )}`;

/** The Iraqi diabetes table: two ids, classes with a space behind in some rows, a gender in lower case. */
export const iraqi = (): string =>
  `ID,No_Pation,Gender,AGE,Urea,Cr,HbA1c,Chol,TG,HDL,BMI,CLASS\n${lines(
    table(300, 9, (draw, i) => {
      const kind = pick(draw, ['Y', 'Y', 'Y', 'N', 'P']);
      return [
        ...[
          ((i * 7) % 300) + 1,
          draw(0, 9) === 0 ? 34_223 : 10_000 + i * 17,
          draw(0, 60) === 0 ? 'f' : pick(draw, ['M', 'F']),
        ],
        ...[
          draw(20, 79),
          decimal(draw, 1, 12),
          draw(20, 120),
          decimal(draw, kind === 'Y' ? 6 : 3, kind === 'Y' ? 14 : 7),
        ],
        ...[decimal(draw, 2, 9), decimal(draw, 0, 5), decimal(draw, 0, 3), draw(19, 40)],
        draw(0, 19) === 0 ? `${kind} ` : kind,
      ];
    }),
    ',',
  )}`;

/** An export of a German Excel: Windows-1252, semicolons, decimal commas, points between thousands, dates, a line `sep=;`. */
export const germanExcel = (): Uint8Array =>
  Uint8Array.from(
    Buffer.from(
      `sep=;\r\nKunde;Größe (cm);Umsatz;Rabatt;Datum;Gruppe\r\n${lines(
        table(200, 10, (draw, i) => {
          const revenue = decimal(draw, 100, 9000, 2).split('.');
          const grouped = revenue[0].replace(/^(\d)(\d{3})$/, '$1.$2');
          const date = `${String(draw(1, 28)).padStart(2, '0')}.0${draw(1, 9)}.2024`;
          return [
            ...[
              `K${String(i).padStart(4, '0')}`,
              decimal(draw, 150, 200).replace('.', ','),
              `${grouped},${revenue[1]}`,
            ],
            ...[decimal(draw, 0, 9).replace('.', ','), date, pick(draw, ['groß', 'klein', 'mittel'])],
          ];
        }),
        ';',
        '\r\n',
      )}`,
      'latin1',
    ),
  );
