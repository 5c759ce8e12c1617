#!/usr/bin/env python3
"""Makes neurons.csv, connections.csv and connections_2011.csv of this folder. See SOURCE.md.

Usage, in a throw-away environment:   pip install --no-deps cect==0.3.5 c302==0.12.1
                                      pip install openpyxl xlrd pandas
                                      python make_tables.py OUT_FOLDER
"""
import csv
import importlib.util
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

import openpyxl
import xlrd

PACKAGES = {name: pathlib.Path(importlib.util.find_spec(name).submodule_search_locations[0]) for name in ("cect", "c302")}
COOK = PACKAGES["cect"] / "data" / "SI 5 Connectome adjacency matrices, corrected July 2020.xlsx"
WANG = PACKAGES["cect"] / "data" / "elife-95402-supp2-v1.xlsx"
VARSHNEY = PACKAGES["cect"] / "data" / "NeuronConnect.xls"
CELLS = PACKAGES["c302"] / "NeuroML2"

TRANSMITTERS = {"ACh": "acetylcholine", "Glu": "glutamate", "GABA": "gaba", "DA": "dopamine", "5-HT": "serotonin",
                "tyramine": "tyramine", "octopamine": "octopamine"}


def name_of(cell):
    """VB02 is written VB2; everything else as it stands."""
    match = re.fullmatch(r"([A-Z]+)0(\d)", str(cell or "").strip())
    return "".join(match.groups()) if match else str(cell or "").strip()


def types():
    from cect import Cells
    lists = {"sensory": Cells.SENSORY_NEURONS_COOK, "inter": Cells.INTERNEURONS_COOK, "motor": Cells.MOTORNEURONS_COOK,
             "polymodal": Cells.PHARYNGEAL_POLYMODAL_NEURONS, "unknown": Cells.UNKNOWN_FUNCTION_NEURONS}
    found = {}
    for kind, cells in lists.items():
        for cell in cells:
            assert found.setdefault(name_of(cell), kind) == kind, cell
    return found, {name_of(c) for c in Cells.PHARYNGEAL_NEURONS}


def transmitters(entries):
    """The transmitters a cell makes: not those it only takes up, nor dim (*), unknown or male ones."""
    made = []
    for entry in entries:
        entry = str(entry or "").strip()
        word = entry.split(" ")[0]
        if word in TRANSMITTERS and "(uptake)" not in entry and TRANSMITTERS[word] not in made:
            made.append(TRANSMITTERS[word])
    return made


def soma(cell):
    """Position of the first segment, the soma, in um: x to the left, y from front to back, z from belly to back."""
    point = next(e for e in xml.parse(CELLS / f"{cell}.cell.nml").iter() if e.tag.endswith("proximal"))
    return [f"{float(point.get(axis)):.2f}" for axis in "xyz"]


def matrix(sheet):
    rows = list(openpyxl.load_workbook(COOK, read_only=True, data_only=True)[sheet].iter_rows(values_only=True))
    head = [name_of(c) for c in rows[2]]
    return {(name_of(row[2]), head[j]): int(row[j]) for row in rows[3:] for j in range(3, len(row)) if row[2] and head[j] and row[j]}


def save(folder, file, head, rows):
    with open(pathlib.Path(folder) / file, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    print(file, len(rows), "rows")


def main(folder):
    kind, pharynx = types()
    neurons, group = [], None
    for row in openpyxl.load_workbook(WANG, data_only=True).active.iter_rows(min_row=5, values_only=True):
        group, cell = (row[1] or group), name_of(row[2]).split("/")[0]      # "DB1/3", "DB3/1"
        if cell in kind:
            made = transmitters(row[20:23])
            neurons.append([cell, group.strip(), kind[cell], "pharynx" if cell in pharynx else "body",
                            made[0] if made else "", "|".join(made[1:]), *soma(cell)])
    names = {n[0] for n in neurons}
    assert len(neurons) == len(names) == 302
    chemical = sorted((a, b, "chemical", w) for (a, b), w in matrix("hermaphrodite chemical").items() if {a, b} <= names)
    both = matrix("hermaphrodite gap jn symmetric")
    pairs = {tuple(sorted(p)): w for p, w in both.items() if set(p) <= names}
    assert all(both[p] == both[p[::-1]] for p in both if set(p) <= names)
    electrical = sorted((a, b, "electrical", w) for (a, b), w in pairs.items())
    sheet = xlrd.open_workbook(VARSHNEY).sheet_by_index(0)
    sent = {}
    for i in range(1, sheet.nrows):
        pre, post, how, count = sheet.row_values(i)[:4]
        if how in ("S", "Sp"):                       # R and Rp list the same synapses from the other side
            pair = name_of(pre), name_of(post)
            sent[pair] = sent.get(pair, 0) + int(count)
    assert {c for p in sent for c in p} <= names
    save(folder, "neurons.csv", ["name", "class", "type", "part", "transmitter", "cotransmitters", "x", "y", "z"], sorted(neurons))
    save(folder, "connections.csv", ["pre", "post", "kind", "sections"], chemical + electrical)
    save(folder, "connections_2011.csv", ["pre", "post", "synapses"], sorted((a, b, w) for (a, b), w in sent.items()))


if __name__ == "__main__":
    main(sys.argv[1])
