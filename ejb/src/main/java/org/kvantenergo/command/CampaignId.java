package org.kvantenergo.command;

/**
 * A campaign.
 *
 * @param value 1 or more
 */
public record CampaignId(long value) {}
