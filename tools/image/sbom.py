"""Lists what a gathered image was made of, as SPDX 2.3 in JSON.

Usage: sbom.py ROOT NAME:TAG DIGEST EPOCH > frikommune.spdx.json
"""

import email
import json
import pathlib
import sys
import time
import urllib.parse


def debian_package(status):
    """One package, from what dpkg says of it."""
    fields = email.message_from_string(status.read_text())
    name, version = fields["Package"], fields["Version"]
    purl = (f"pkg:deb/debian/{name}@{urllib.parse.quote(version, safe='')}"
            f"?arch={fields['Architecture']}&distro=debian-12")
    return {
        "SPDXID": f"SPDXRef-deb-{name.replace('+', '-plus')}",
        "name": name,
        "versionInfo": version,
        "supplier": f"Organization: {fields['Maintainer'].split('<')[0].strip()}",
        "sourceInfo": f"Debian source package {(fields['Source'] or name).split()[0]}",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": purl,
        }],
    }


def main():
    root, image, digest = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    name, version = image.rsplit(":", 1)
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(sys.argv[4])))
    ours = {
        "SPDXID": "SPDXRef-image",
        "name": name,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "EUPL-1.2",
        "licenseDeclared": "EUPL-1.2",
        "copyrightText": "NOASSERTION",
        "primaryPackagePurpose": "CONTAINER",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest.split(":")[1]}],
    }
    packages = [debian_package(status)
                for status in sorted((root / "var/lib/dpkg/status.d").iterdir())]
    json.dump({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": image,
        "documentNamespace": f"urn:frikommune:image:{digest}",
        "creationInfo": {"created": created, "creators": ["Tool: frikommune-scripts-image"]},
        "packages": [ours, *packages],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
             "relatedSpdxElement": "SPDXRef-image"},
            *({"spdxElementId": "SPDXRef-image", "relationshipType": "CONTAINS",
               "relatedSpdxElement": package["SPDXID"]} for package in packages),
        ],
    }, sys.stdout, indent=1)
    print()


main()
