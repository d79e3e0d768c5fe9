/* The map: asks the server for the marks of what is looked at, never for more than it shows. */
'use strict';
(function () {
  const box = document.getElementById('map');
  if (!box) return;
  const MOST_ZOOM = 19;
  /* a graticule is drawn at once: words that fade in cannot be read yet */
  const map = L.map(box, {fadeAnimation: Boolean(box.dataset.tiles), zoomControl: false, attributionControl: Boolean(box.dataset.attribution), maxZoom: MOST_ZOOM, minZoom: 2, worldCopyJump: false, maxBounds: [[-85, -180], [85, 180]]});
  L.control.zoom({zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out}).addTo(map);
  if (box.dataset.tiles) {
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    L.tileLayer(box.dataset.tiles, {maxZoom: MOST_ZOOM, attribution: box.dataset.attribution}).addTo(map);
  } else {
    /* without pictures: a graticule, whose lines say where one is */
    const Graticule = L.GridLayer.extend({
      createTile: coords => {
        const tile = document.createElement('div');
        tile.className = 'graticule';
        const north = map.unproject(coords.scaleBy(L.point(256, 256)), coords.z);
        const places = coords.z > 12 ? 3 : coords.z > 8 ? 2 : 1;
        const degrees = v => v.toLocaleString(box.dataset.lang, {minimumFractionDigits: places, maximumFractionDigits: places}) + '°';
        tile.textContent = degrees(north.lat) + '  ' + degrees(north.lng);
        return tile;
      }
    });
    new Graticule().addTo(map);
    box.classList.add('plain-map');
  }
  const [south, west, north, east] = box.dataset.bounds.split(',').map(Number);
  map.fitBounds([[south, west], [north, east]], {maxZoom: 16, padding: [40, 40], animate: false});

  const marks = L.layerGroup().addTo(map);
  let busy = false, wanted = false;

  function look() {
    if (busy) { wanted = true; return; }
    busy = true;
    const seen = map.getBounds().pad(0.1);
    const fixed = v => Math.max(-180, Math.min(180, v)).toFixed(7);
    kvantLook([
      {name: 'south', value: fixed(seen.getSouth())}, {name: 'west', value: fixed(seen.getWest())},
      {name: 'north', value: fixed(seen.getNorth())}, {name: 'east', value: fixed(seen.getEast())}]);
  }

  function show(list) {
    const focused = document.activeElement && document.activeElement.dataset.mark;
    marks.clearLayers();
    list.forEach(m => {
      const many = m.sites > 1;
      const size = many ? 34 : 26;
      const mark = L.marker(m.at, {
        keyboard: true, title: m.title, zIndexOffset: ['UNKNOWN', 'OK', 'OPEN', 'WARN', 'DANGER'].indexOf(m.state) * 1000,
        icon: L.divIcon({className: 'mark ' + m.state + (many ? ' many' : ''), html: '<b>' + m.modules + '</b>', iconSize: [size, size]})
      });
      mark.on('click', () => {
        if (many && map.getZoom() < MOST_ZOOM) map.setView(m.at, Math.min(MOST_ZOOM, map.getZoom() + 2));
        else kvantPick([{name: 'id', value: m.site}]);
      });
      marks.addLayer(mark);
      const element = mark.getElement();
      element.setAttribute('aria-label', m.title);
      element.dataset.mark = m.site;
      element.dataset.modules = m.modules;
      if (String(m.site) === focused) element.focus({preventScroll: true});
    });
    box.dataset.shown = list.length;
  }

  window.KvantMap = {
    came: args => {
      busy = false;
      if (args && args.marks) show(JSON.parse(args.marks));
      if (wanted) { wanted = false; look(); }
    }
  };
  map.on('moveend', look);
  document.addEventListener('kvant:refreshed', look);
  addEventListener('DOMContentLoaded', look);
})();
