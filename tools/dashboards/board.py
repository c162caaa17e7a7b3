"""A Grafana dashboard, as far as these boards need one.

A board is rows of panels. A panel says what it shows, in which unit, and by which
queries; where it stands follows from the order and the widths.
"""

WIDTH = 24  # Of a dashboard, in Grafana's units.
SCHEMA_VERSION = 39
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}

# What every query of a board over pods is held to.
PODS = 'namespace=~"$namespace",job=~"$job",instance=~"$instance"'
# Of what is recorded for whole services.
SERVICES = 'namespace=~"$namespace",job=~"$job"'


def query(expr, legend="", instant=False, form="time_series"):
    """One query of a panel. `legend` is Grafana's, such as "{{job}}"."""
    return {
        "datasource": DATASOURCE,
        "expr": " ".join(expr.split()),
        "legendFormat": legend,
        "instant": instant,
        "range": not instant,
        "format": form,
    }


def _panel(kind, title, description, queries, unit, width, height, options,
           custom=None, **defaults):
    for place, one in enumerate(queries):
        one["refId"] = chr(ord("A") + place)
    if custom is not None:
        defaults["custom"] = custom
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "targets": queries,
        "gridPos": {"w": width, "h": height},
        "options": options,
        "fieldConfig": {"defaults": {"unit": unit, **defaults}, "overrides": []},
    }


def thresholds(*steps):
    """Colours from a value on: thresholds(("red", None), ("green", 0.1))."""
    return {
        "mode": "absolute",
        "steps": [{"color": color, "value": value} for color, value in steps],
    }


def lines(title, description, queries, unit, width=8, height=8, stack=False,
          least=0, most=None, mappings=None):
    """Lines over time; the legend is a table of the last and the highest."""
    custom = {
        "drawStyle": "line",
        "fillOpacity": 30 if stack else 5,
        "lineWidth": 1,
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"group": "A", "mode": "normal" if stack else "none"},
    }
    extra = {} if most is None else {"max": most}
    if least is not None:
        extra["min"] = least
    if mappings:
        extra["mappings"] = mappings
    return _panel(
        "timeseries", title, description, queries, unit, width, height,
        {
            "legend": {"calcs": ["lastNotNull", "max"], "displayMode": "table",
                       "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
        custom=custom, **extra)


def number(title, description, queries, unit, width=4, height=5, steps=None,
           decimals=None):
    """The newest value of each series, large, with its name."""
    extra = {} if decimals is None else {"decimals": decimals}
    return _panel(
        "stat", title, description, queries, unit, width, height,
        {
            "colorMode": "value" if steps else "none",
            "graphMode": "none",
            "justifyMode": "auto",
            "orientation": "auto",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "textMode": "value_and_name",
        },
        thresholds=steps or thresholds(("text", None)), **extra)


def bars(title, description, queries, unit, width=12, height=9, decimals=None):
    """The newest value of each series as a bar, with its name."""
    extra = {} if decimals is None else {"decimals": decimals}
    return _panel(
        "bargauge", title, description, queries, unit, width, height,
        {
            "displayMode": "basic",
            "orientation": "horizontal",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "showUnfilled": True,
            "valueMode": "text",
        },
        min=0, thresholds=thresholds(("blue", None)), **extra)


def heat(title, description, expr, unit, width=12, height=8):
    """How a histogram's buckets fill over time."""
    buckets = query(expr, "{{le}}", form="heatmap")
    return _panel(
        "heatmap", title, description, [buckets], unit, width, height,
        {
            "calculate": False,
            "cellGap": 1,
            "color": {"mode": "scheme", "scheme": "Blues", "steps": 64},
            "legend": {"show": True},
            "tooltip": {"show": True, "yHistogram": False},
            "yAxis": {"axisPlacement": "left", "unit": unit},
        })


def table(title, description, expr, columns, unit="none", width=12, height=8,
          mappings=None, decimals=None):
    """One row for each series; `columns` names its labels, and "Value", in order."""
    newest = query(expr, "", instant=True, form="table")
    extra = {} if decimals is None else {"decimals": decimals}
    panel = _panel(
        "table", title, description, [newest], unit, width, height,
        {"cellHeight": "sm", "showHeader": True,
         "sortBy": [{"displayName": columns["Value"], "desc": True}]}, **extra)
    panel["transformations"] = [{
        "id": "organize",
        "options": {
            "excludeByName": {"Time": True},
            "indexByName": {label: place for place, label in enumerate(columns)},
            "renameByName": dict(columns),
        },
    }]
    for label, mapping in (mappings or {}).items():
        panel["fieldConfig"]["overrides"].append({
            "matcher": {"id": "byName", "options": columns[label]},
            "properties": [{"id": "mappings", "value": mapping}],
        })
    return panel


def words(title, content, width=24, height=3):
    """A text in Markdown."""
    return {
        "type": "text", "title": title, "description": title,
        "gridPos": {"w": width, "h": height},
        "options": {"mode": "markdown", "content": content},
    }


def variable(name, label, values):
    """A choice of many, filled by a query; all of them at first."""
    return {
        "type": "query", "name": name, "label": label, "datasource": DATASOURCE,
        "query": {"query": values, "refId": name}, "definition": values,
        "multi": True, "includeAll": True, "allValue": ".+", "refresh": 2, "sort": 1,
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        "regex": "", "hide": 0, "skipUrlSync": False, "options": [],
    }


NAMESPACE = variable("namespace", "Namespace",
                     "label_values(frikommune_build_info, namespace)")
JOB = variable("job", "Job",
               'label_values(frikommune_build_info{namespace=~"$namespace"}, job)')
INSTANCE = variable(
    "instance", "Instance",
    'label_values(frikommune_build_info{namespace=~"$namespace",job=~"$job"}, instance)')


def _placed(rows):
    """The panels of titled rows, each where it stands."""
    panels, top, number_of = [], 0, 1
    for title, members in rows:
        if title:
            panels.append({
                "type": "row", "title": title, "collapsed": False, "panels": [],
                "gridPos": {"x": 0, "y": top, "w": WIDTH, "h": 1}, "id": number_of,
            })
            number_of += 1
            top += 1
        left, height = 0, 0
        for panel in members:
            size = panel["gridPos"]
            if left + size["w"] > WIDTH:
                top, left, height = top + height, 0, 0
            panel["gridPos"] = {"x": left, "y": top, **size}
            panel["id"] = number_of
            number_of += 1
            left += size["w"]
            height = max(height, size["h"])
            panels.append(panel)
        top += height
    return panels


def board(uid, title, description, rows, variables, refresh="30s",
          since="now-6h", until="now"):
    """A whole dashboard. `rows` are pairs of a title ("" for none) and panels."""
    datasource = {
        "type": "datasource", "name": "datasource", "label": "Data source",
        "query": "prometheus", "current": {}, "hide": 0, "multi": False,
        "includeAll": False, "options": [], "refresh": 1, "regex": "",
        "skipUrlSync": False,
    }
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": ["frikommune"],
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": refresh,
        "time": {"from": since, "to": until},
        "timepicker": {},
        "timezone": "Europe/Copenhagen",
        "weekStart": "monday",
        "links": [{
            "type": "dashboards", "tags": ["frikommune"], "title": "Frikommune",
            "asDropdown": True, "includeVars": True, "keepTime": True,
            "icon": "external link", "targetBlank": False, "tooltip": "", "url": "",
        }],
        "annotations": {"list": []},
        "templating": {"list": [datasource, *variables]},
        "panels": _placed(rows),
    }
