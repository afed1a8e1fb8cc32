"""Writes tables as pandas, pyreadr and openpyxl do, and as R and Excel save them.

write.py FILE FOLDER: FILE is JSON, a list of {name, text, delimiter, columns}. Each text is written to
FOLDER/NAME.WRITER.DELIMITER.EXT in each way. columns is null if the text has a header. The list of files, as JSON, goes
to the standard output: {name, writer, path}.
"""

import csv
import datetime
import io
import json
import os
import re
import sys

import openpyxl
import pandas
import pyreadr

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def read(table, **how):
    quoting = csv.QUOTE_NONE if table["delimiter"] == "\t" else csv.QUOTE_MINIMAL
    if table["columns"]:
        how.update(header=None, names=table["columns"])
    return pandas.read_csv(io.StringIO(table["text"]), sep=table["delimiter"], quoting=quoting, **how)


def inferred(table):
    return read(table)


def as_floats(table):
    frame = read(table)
    for column in frame.select_dtypes("number"):
        frame[column] = frame[column].astype("float64")
    return frame


def as_text(table):
    return read(table, dtype=str, keep_default_na=False)


def nullable(table):
    return read(table).convert_dtypes()


def as_objects(table):
    """Every cell as Python shows it, with the words None and nan for missing values."""
    frame = read(table)
    return frame.astype(object).where(frame.notna(), None).map(str)


def through_r(table, folder):
    path = os.path.join(folder, "frame.rds")
    pyreadr.write_rds(path, read(table))
    return pyreadr.read_r(path)[None]


# name: (frame, arguments of to_csv)
PANDAS = {
    "int": (inferred, {}),
    "float": (as_floats, {"na_rep": "NA"}),
    "text": (as_text, {"quoting": csv.QUOTE_ALL}),
    "nullable": (nullable, {"na_rep": "<NA>", "index": True}),
    "objects": (as_objects, {}),
    "fixed": (as_floats, {"float_format": "%.4f", "na_rep": "NULL"}),
}


def write_pandas(table, folder):
    for writer, (make, how) in PANDAS.items():
        frame = make(table)
        for delimiter, character in DELIMITERS.items():
            options = {"index": False, "header": not table["columns"] or writer == "nullable"} | how
            if character == ";" and writer in ("float", "fixed"):
                options["decimal"] = ","
            if character == "\t" and writer == "text":
                options["quoting"] = csv.QUOTE_MINIMAL
            yield "pandas-" + writer, delimiter, frame.to_csv(sep=character, lineterminator="\n", **options).encode()


def upper(name):
    return re.sub(r"[ .]", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)).upper()


def dotted(name):  # as R's make.names and its users' habit
    return re.sub(r"[ _]", ".", name)


def write_headers(table, folder):
    for writer, rename in {"upper": upper, "dotted": dotted}.items():
        frame = as_text(table)
        frame.columns = [rename(c) for c in frame.columns]
        yield "pandas-" + writer, "comma", frame.to_csv(index=False, lineterminator="\n").encode()


def r_number(value):
    """A number as R's write.csv has it: 15 digits, in fixed notation unless that is longer."""
    shortest = f"{value:.15g}"
    if "e" in shortest:
        return shortest
    mantissa, exponent = f"{value:.14e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    scientific = f"{mantissa}e{int(exponent):+03d}"
    return shortest if len(shortest) <= len(scientific) else scientific


def r_cell(value, decimal):
    if pandas.isna(value):
        return "NA"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return r_number(value).replace(".", decimal)


def write_r(table, folder):
    frame = through_r(table, folder)
    for delimiter, character in {"comma": ",", "semicolon": ";"}.items():  # write.csv and write.csv2
        decimal = "," if character == ";" else "."
        lines = [character.join(['""'] + [f'"{c}"' for c in frame.columns])]
        for number, row in enumerate(frame.itertuples(index=False), 1):
            lines.append(character.join([f'"{number}"'] + [r_cell(v, decimal) for v in row]))
        yield "r", delimiter, ("\n".join(lines) + "\n").encode()


def write_pyreadr(table, folder):
    frame = through_r(table, folder)
    for delimiter, character in DELIMITERS.items():
        header = not table["columns"]
        yield "pyreadr", delimiter, frame.to_csv(sep=character, index=False, header=header, lineterminator="\n").encode()


DAY = re.compile(r"\d{4}-\d{2}-\d{2}( 00:00:00(\.000)?)?")


def excel_cell(value, decimal, dates):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return value.strftime(dates)
    if isinstance(value, (int, float)):
        return f"{value:.10g}".replace(".", decimal)
    return value


def write_excel(table, folder):
    """A workbook that openpyxl writes, saved as CSV by Excel in English, and in German with dates as dates."""
    for delimiter, character, decimal, dates, encoding in (
        ("comma", ",", ".", None, "utf-8"),
        ("semicolon", ";", ",", "%d.%m.%Y", "utf-8-sig"),
        ("tab", "\t", ",", "%d.%m.%Y %H:%M", "utf-16"),
    ):
        frame = inferred(table)
        for column in frame.columns:
            cells = frame[column].dropna().astype(str)
            if dates and len(cells) and all(DAY.fullmatch(c) for c in cells):
                frame[column] = pandas.to_datetime(frame[column], format="ISO8601")
            elif len(cells) and all(re.fullmatch(r"\d{12,}(\.0)?", c) for c in cells):
                frame[column] = as_text(table)[column]  # Excel would shorten such a number
        path = os.path.join(folder, "book.xlsx")
        frame.to_excel(path, index=False, header=not table["columns"], engine="openpyxl")
        out = io.StringIO()
        rows = csv.writer(out, delimiter=character, lineterminator="\r\n")
        for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True):
            rows.writerow([excel_cell(v, decimal, dates) for v in row])
        yield "excel", delimiter, out.getvalue().encode(encoding)


def write_formulas(table, folder):
    """Numbers as formulas, by which a spreadsheet keeps their zeros: ="042"."""
    frame = as_text(table)
    frame = frame.map(lambda c: f'="{c}"' if re.fullmatch(r"-?[\d.]+", c) else c)
    yield "formulas", "comma", frame.to_csv(index=False, header=not table["columns"], lineterminator="\n").encode()


def write_json(table, folder):
    records = inferred(table).to_json(orient="records")
    yield "json", "list", records.encode()
    yield "json", "lines", inferred(table).to_json(orient="records", lines=True).encode()
    yield "json", "wrapped", f'{{"count": {len(table["text"])}, "data": {records}}}'.encode()
    upper_case = as_text(table)
    upper_case.columns = [upper(c) for c in upper_case.columns]
    yield "json", "upper", upper_case.to_json(orient="records").encode()


def main(source, folder):
    with open(source, encoding="utf-8") as f:
        tables = json.load(f)
    written = []
    for table in tables:
        writers = [write_pandas, write_r, write_pyreadr, write_excel, write_formulas]
        if not table["columns"]:
            writers.append(write_headers)
            if table["name"] != "icews-quads":  # which are never JSON
                writers.append(write_json)
        for write in writers:
            for writer, delimiter, content in write(table, folder):
                ending = "json" if writer == "json" else "csv"
                path = os.path.join(folder, f"{table['name']}.{writer}.{delimiter}.{ending}")
                with open(path, "wb") as out:
                    out.write(content)
                written.append({"name": table["name"], "writer": f"{writer}, {delimiter}", "path": path})
    json.dump(written, sys.stdout)


main(sys.argv[1], sys.argv[2])
