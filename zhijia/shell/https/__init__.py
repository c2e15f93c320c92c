"""HTTPS on a local network without anybody's help: an authority of this folder, and a certificate for this computer."""
